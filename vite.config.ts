import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

// The screen is built beside the service it talks to: one folder, dist, is what ships.
export default defineConfig({
  root: 'kiosk-ui',
  plugins: [preact()],
  build: {
    outDir: '../dist/kiosk-ui',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    modulePreload: { polyfill: false },
  },
});
