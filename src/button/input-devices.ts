import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface InputDevice {
  /** `event3`: its file in `/dev/input`. It changes when a device is plugged in again. */
  readonly event: string;
  readonly name: string;
  readonly keys: ReadonlySet<number>;
  /** Made of GPIO lines by the kernel's gpio-keys: its key is a bare contact. */
  readonly gpio: boolean;
}

/** A letter: what has it is a keyboard, or a barcode scanner that types. */
const KEY_A = 30;

/** The input devices that sysfs shows, in the order of their numbers; none where there is no such folder. */
export function inputDevices(root: string): readonly InputDevice[] {
  const names = namesIn(root).filter((name) => /^event\d+$/.test(name));
  return names
    .sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)))
    .map((event) => {
      const read = (file: string): string => textOf(join(root, event, 'device', file));
      return {
        event,
        name: read('name'),
        keys: keysOf(read('capabilities/key')),
        gpio: read('phys').startsWith('gpio-keys'),
      };
    });
}

/**
 * Those a button may be: the one that is named, else all that have one of the keys and do not type.
 *
 * @param device a name as sysfs has it, or a path such as `/dev/input/by-id/…`; empty for any
 */
export function buttonsAmong(
  devices: readonly InputDevice[],
  device: string,
  keys: ReadonlySet<number>,
): readonly InputDevice[] {
  const able = devices.filter((candidate) => [...keys].some((key) => candidate.keys.has(key)));
  if (device === '') return able.filter((candidate) => !candidate.keys.has(KEY_A));
  const event = device.startsWith('/') ? eventOf(device) : undefined;
  return able.filter((candidate) =>
    event === undefined ? candidate.name === device : candidate.event === event,
  );
}

/** The bitmap of a capability: words of 64 bits in hexadecimal without leading zeros, the highest first. */
export function keysOf(bitmap: string): ReadonlySet<number> {
  const words = bitmap.split(/\s+/).filter((word) => /^[0-9a-f]+$/i.test(word));
  const keys = words.reverse().flatMap((word, i) => {
    const bits = BigInt(`0x${word}`);
    return Array.from({ length: 64 }, (_, bit) => bit)
      .filter((bit) => ((bits >> BigInt(bit)) & 1n) === 1n)
      .map((bit) => i * 64 + bit);
  });
  return new Set(keys);
}

/** `by-id` and `by-path` are links that come and go with their device. */
function eventOf(path: string): string {
  try {
    return basename(realpathSync(path));
  } catch {
    return '';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Empty for a file that is not there: a device may be pulled out while it is looked at. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
