import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface DeviceRoots {
  readonly dev: string;
  /** `/sys/class/video4linux`. */
  readonly sysfs: string;
}

export const SYSTEM_ROOTS: DeviceRoots = { dev: '/dev', sysfs: '/sys/class/video4linux' };

/** Nodes of a board's video converters and of its CSI receiver, which deliver no images when opened alone. */
const NO_CAMERA = /codec|isp|hevc|unicam|rp1-cfe|pispbe/i;

/**
 * Video devices that may be a camera, most reliable first: those with a persistent name (by-id), then by port (by-path,
 * USB first), then by number.
 *
 * @returns paths, each device once; empty if there is none
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

/** The inode of the device behind a path; empty if there is none, or none that is accessible. */
export function inode(path: string): string {
  try {
    return String(statSync(path).ino);
  } catch {
    return '';
  }
}

/** A camera with several nodes delivers images on the first. */
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

/** `undefined` for a dangling link. */
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
