import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as unknown;

describe('the installation', () => {
  // After an update of the package, remove the line "hasInstallScript" from its entry again (docs/decisions/0001).
  it('does not run the install script of onnxruntime-node with any npm, as it would download CUDA libraries', () => {
    const { packages } = read('package-lock.json') as { packages: Record<string, object> };
    expect(packages['node_modules/onnxruntime-node']).toMatchObject({
      version: expect.any(String) as string,
    });
    expect(packages['node_modules/onnxruntime-node']).not.toHaveProperty('hasInstallScript');
    const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };
    expect(allowScripts['onnxruntime-node']).toBe(false);
  });
});
