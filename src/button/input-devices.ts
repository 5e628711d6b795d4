import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface InputDevice {
  /** `event3`: its file in `/dev/input`. Changes when the device is plugged in again. */
  readonly event: string;
  readonly name: string;
  readonly keys: ReadonlySet<number>;
  /** Created from GPIO lines by the kernel's gpio-keys: the key is a bare contact. */
  readonly gpio: boolean;
}

/** A letter key: a device that has it is a keyboard, or a keyboard-wedge barcode scanner. */
const KEY_A = 30;

/** The input devices in sysfs, ordered by number; none if the folder does not exist. */
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
 * Candidates for the button: the named device, otherwise all that have one of the keys and are not keyboards.
 *
 * @param device a name as in sysfs, or a path such as `/dev/input/by-id/…`; empty for any
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

/** A capability bitmap: 64-bit words in hexadecimal without leading zeros, highest first. */
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

/** `by-id` and `by-path` are links that appear and disappear with their device. */
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

/** Empty if the file does not exist: a device may be unplugged while it is examined. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
