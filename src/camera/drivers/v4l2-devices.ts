import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface DeviceRoots {
  readonly dev: string;
  /** `/sys/class/video4linux`. */
  readonly sysfs: string;
}

export const SYSTEM_ROOTS: DeviceRoots = { dev: '/dev', sysfs: '/sys/class/video4linux' };

/** Nodes of a board's own converters and of its CSI receiver, which give no picture to whom opens them alone. */
const NO_CAMERA = /codec|isp|hevc|unicam|rp1-cfe|pispbe/i;

/**
 * Video devices that may be a camera, the surest first: those with a name that stays the same at every plug (by-id), by the place they are plugged
 * into (by-path, USB before others), and by number.
 *
 * @returns paths, each device once; empty when there is none
 */
export function videoDevices({ dev, sysfs }: DeviceRoots = SYSTEM_ROOTS): string[] {
  const byPath = names(join(dev, 'v4l', 'by-path')).filter(isFirst);
  const paths = [
    ...names(join(dev, 'v4l', 'by-id'))
      .filter(isFirst)
      .map((name) => join(dev, 'v4l', 'by-id', name)),
    ...[
      ...byPath.filter((name) => name.includes('usb')),
      ...byPath.filter((name) => !name.includes('usb')),
    ].map((name) => join(dev, 'v4l', 'by-path', name)),
    ...names(dev)
      .filter((name) => /^video\d+$/.test(name))
      .sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)))
      .map((name) => join(dev, name)),
  ];
  const seen = new Set<string>();
  return paths.filter((path) => {
    const device = target(path);
    if (device === undefined || seen.has(device) || NO_CAMERA.test(cardName(sysfs, basename(device))))
      return false;
    seen.add(device);
    return true;
  });
}

/** The inode of the device behind a path; empty when there is none, or none that may be seen. */
export function inode(path: string): string {
  try {
    return String(statSync(path).ino);
  } catch {
    return '';
  }
}

/** A camera with several nodes gives pictures on the first. */
function isFirst(name: string): boolean {
  return !/-index[1-9]\d*$/.test(name);
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** `undefined` for a link whose device is gone. */
function target(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function cardName(sysfs: string, node: string): string {
  try {
    return readFileSync(join(sysfs, node, 'name'), 'utf8').trim();
  } catch {
    return '';
  }
}
