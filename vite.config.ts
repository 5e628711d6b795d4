import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';

/** The OFL requires that the typeface is distributed with its licence (condition 2); Vite's list covers imported scripts only. */
const typefaceLicence: Plugin = {
  name: 'typeface-licence',
  apply: 'build',
  async generateBundle() {
    const file = createRequire(import.meta.url).resolve('@fontsource/arimo/LICENSE');
    this.emitFile({ type: 'asset', fileName: 'arimo-licence.txt', source: await readFile(file, 'utf8') });
  },
};

// The screen is built beside the service it talks to: one folder, dist, is what ships.
export default defineConfig({
  root: 'kiosk-ui',
  plugins: [preact(), typefaceLicence],
  build: {
    outDir: '../dist/kiosk-ui',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    modulePreload: { polyfill: false },
    license: { fileName: 'licences.json' },
  },
});
