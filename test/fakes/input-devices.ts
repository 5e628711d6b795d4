import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const EV_SYN = 0;
const EV_KEY = 1;

/** A wall time; events of a real kernel have one. */
const EPOCH_MS = 1_764_000_000_000;

export interface FakeInputDevice {
  readonly name: string;
  readonly keys: readonly number[];
  readonly phys?: string;
}

/** Folders like `/sys/class/input` and `/dev/input`, with a FIFO for each device from which its events are read. */
export class InputDevices {
  readonly #folder = mkdtempSync(join(tmpdir(), 'kiosk-input-'));
  readonly sysRoot = join(this.#folder, 'sys');
  readonly devRoot = join(this.#folder, 'dev');
  readonly #open = new Map<string, number>();

  constructor() {
    mkdirSync(this.sysRoot);
    mkdirSync(join(this.devRoot, 'by-id'), { recursive: true });
  }

  dispose(): void {
    for (const event of [...this.#open.keys()]) this.unplug(event);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  plug(event: string, { name, keys, phys = 'usb-0000:01:00.0-1.2/button' }: FakeInputDevice): this {
    const device = join(this.sysRoot, event, 'device');
    mkdirSync(join(device, 'capabilities'), { recursive: true });
    writeFileSync(join(device, 'name'), `${name}\n`);
    writeFileSync(join(device, 'phys'), `${phys}\n`);
    writeFileSync(join(device, 'capabilities', 'key'), `${bitmapOf(keys)}\n`);
    const made = spawnSync('mkfifo', [join(this.devRoot, event)]);
    if (made.status !== 0) throw new Error(`mkfifo: ${made.stderr.toString()}`);
    // Open for reading as well, so that neither end waits for the other.
    this.#open.set(event, openSync(join(this.devRoot, event), constants.O_RDWR | constants.O_NONBLOCK));
    return this;
  }

  link(name: string, event: string): string {
    const path = join(this.devRoot, 'by-id', name);
    rmSync(path, { force: true });
    symlinkSync(`../${event}`, path);
    return path;
  }

  unplug(event: string): void {
    closeSync(this.#open.get(event)!);
    this.#open.delete(event);
    unlinkSync(join(this.devRoot, event));
    rmSync(join(this.sysRoot, event), { recursive: true });
  }

  /** @param value 1 down, 0 up, 2 a repeat; @param atMs of the kernel's clock */
  send(event: string, code: number, value: 0 | 1 | 2, atMs: number): void {
    this.write(event, Buffer.concat([record(EV_KEY, code, value, atMs), record(EV_SYN, 0, 0, atMs)]));
  }

  /** Discards unread events. */
  drain(event: string): void {
    try {
      readSync(this.#open.get(event)!, Buffer.alloc(4096));
    } catch {
      // There are none.
    }
  }

  write(event: string, bytes: Buffer): void {
    writeSync(this.#open.get(event)!, bytes);
  }
}

/** One `struct input_event` of a 64-bit kernel. */
export function record(type: number, code: number, value: number, atMs: number): Buffer {
  const bytes = Buffer.alloc(24);
  const at = EPOCH_MS + atMs;
  bytes.writeBigInt64LE(BigInt(Math.floor(at / 1000)), 0);
  bytes.writeBigInt64LE(BigInt(Math.round((at % 1000) * 1000)), 8);
  bytes.writeUInt16LE(type, 16);
  bytes.writeUInt16LE(code, 18);
  bytes.writeInt32LE(value, 20);
  return bytes;
}

/** The key bitmap as the kernel prints it: words of 64 bits in hexadecimal, the highest first, none of them padded. */
export function bitmapOf(keys: readonly number[]): string {
  const words = Array.from({ length: Math.floor(Math.max(0, ...keys) / 64) + 1 }, () => 0n);
  for (const key of keys) words[Math.floor(key / 64)]! |= 1n << BigInt(key % 64);
  return words
    .reverse()
    .map((word) => word.toString(16))
    .join(' ');
}
