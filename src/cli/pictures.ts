import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

const PICTURE_ENDINGS = new Set(['.png', '.jpg', '.jpeg']);

/**
 * The images at the given paths: a file is taken as it is, a folder gives the PNG and JPEG files in it and below it,
 * sorted by name. A path that does not exist is kept, so that it is reported like any other broken file.
 */
export async function picturesIn(paths: readonly string[]): Promise<readonly string[]> {
  const lists = await Promise.all(
    paths.map(async (path) => ((await isFolder(path)) ? filesBelow(path) : [path])),
  );
  return lists.flat();
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => PICTURE_ENDINGS.has(extname(name).toLowerCase()))
    .sort()
    .map((name) => join(folder, name));
}
