import { existsSync } from 'node:fs';
import { join } from 'node:path';

const shared = join(import.meta.dirname, '..', '..', '..', 'shared');

/** The folder of HAM10000 images beside the project, or `undefined` if absent: images of patients are never part of the project. */
export function ham10000(folder: 'images' | 'images224' | 'masks'): string | undefined {
  const path = join(shared, 'ham10000', folder);
  return existsSync(path) ? path : undefined;
}

export const NEEDS_HAM10000 = 'needs the HAM10000 pictures in ../shared/ham10000';
