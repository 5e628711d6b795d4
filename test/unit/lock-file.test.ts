import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as unknown;

describe('the installation', () => {
  // Cure after an update of the package: take the line "hasInstallScript" out of its entry again (docs/decisions/0001).
  it('runs no installer of onnxruntime-node, by whichever npm: it would fetch CUDA libraries', () => {
    const { packages } = read('package-lock.json') as { packages: Record<string, object> };
    expect(packages['node_modules/onnxruntime-node']).toMatchObject({
      version: expect.any(String) as string,
    });
    expect(packages['node_modules/onnxruntime-node']).not.toHaveProperty('hasInstallScript');
    const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };
    expect(allowScripts['onnxruntime-node']).toBe(false);
  });
});
