import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KioskError } from '../../lib/errors.ts';
import type { Backlight } from '../port.ts';

const FOLDER = 'sys/class/backlight';

/**
 * The first backlight of the kernel, by name; `undefined` if there is none (HDMI displays have no such control).
 *
 * @param root takes the place of `/`; tests pass a folder with their own display
 * @see Linux, Documentation/ABI/stable/sysfs-class-backlight
 */
export async function findBacklight(root = '/'): Promise<Backlight | undefined> {
  const names = await readdir(join(root, FOLDER)).catch(() => []);
  for (const name of names.sort()) {
    const folder = join(root, FOLDER, name);
    const most = Number(await readFile(join(folder, 'max_brightness'), 'utf8').catch(() => ''));
    if (Number.isSafeInteger(most) && most > 0) return sysfsBacklight(folder, name, most);
  }
  return undefined;
}

function sysfsBacklight(folder: string, location: string, most: number): Backlight {
  return {
    location,
    set: async (percent) => {
      try {
        // Never 0, which is off on many panels.
        await writeFile(join(folder, 'brightness'), `${Math.max(1, Math.round((most * percent) / 100))}\n`);
      } catch (cause) {
        throw new KioskError('backlight/failed', `cannot set the backlight ${location}`, { cause });
      }
    },
  };
}
