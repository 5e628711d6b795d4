import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../lib/clock.ts';
import { KioskError, systemCode } from '../../lib/errors.ts';
import { buttonsAmong, inputDevices, type InputDevice } from '../input-devices.ts';
import { EVENT_BYTES, inputKeyEvents } from '../input-event.ts';
import type { Key, KeyEvent } from '../port.ts';

/**
 * Polling interval of open devices, ms; shorter while a key is down, so that the end of a spike is read before it
 * counts as a press. Reads are non-blocking: a blocking read would occupy a thread and could not be cancelled.
 */
const POLL_MS = 20;
const POLL_DOWN_MS = 5;

/** How often to look for newly connected devices, ms. */
const SCAN_MS = 2_000;

const EVENTS_PER_READ = 64;

export interface InputKeyOptions {
  /** Name or path of the device; empty uses all that have one of the keys and are not keyboards. */
  readonly device: string;
  readonly keys: ReadonlySet<number>;
  readonly clock: Clock;
  readonly sysRoot?: string;
  readonly devRoot?: string;
}

interface Source {
  readonly device: InputDevice;
  readonly fd: number;
  readonly down: Set<number>;
  /**
   * Offset from the kernel's clock to ours, ms, taken at the event that began a press: so a press keeps its duration.
   */
  offset: number;
  /** The beginning of an incomplete event. */
  rest: Buffer;
}

/**
 * A key of an input device: gpio-keys, or a dermatoscope's shutter button. Several devices act as one key; each can be
 * unplugged and plugged in again. Needs no native module.
 */
export class InputKey implements Key {
  readonly driver = 'input';
  readonly #options: InputKeyOptions;
  readonly #sources = new Map<string, Source>();
  #emit: ((event: KeyEvent) => void) | undefined;
  #cancelPoll: () => void = () => undefined;
  #cancelScan: () => void = () => undefined;

  constructor(options: InputKeyOptions) {
    this.#options = options;
  }

  /** The kernel's gpio-keys owns the line. */
  get holdsLine(): boolean {
    return [...this.#sources.values()].some(({ device }) => device.gpio);
  }

  /** @throws KioskError `button/no-device`, `button/no-permission`, `button/failed` */
  // eslint-disable-next-line @typescript-eslint/require-await -- errors must reach the caller as a rejection
  async start(emit: (event: KeyEvent) => void): Promise<void> {
    try {
      demand64Bits();
      this.#openNew();
    } catch (error) {
      this.#closeAll();
      throw error;
    }
    this.#emit = emit;
    this.#emitFound();
    this.#poll();
    this.#scanLater();
  }

  stop(): Promise<void> {
    this.#emit = undefined;
    this.#cancelPoll();
    this.#cancelScan();
    this.#closeAll();
    return Promise.resolve();
  }

  /** Opens devices that are present and not yet open. */
  #openNew(): void {
    const { device, keys, sysRoot = '/sys/class/input', devRoot = '/dev/input' } = this.#options;
    const there = inputDevices(sysRoot);
    const wanted = buttonsAmong(there, device, keys);
    if (wanted.length === 0) throw noDevice(there, device);
    for (const found of wanted) {
      if (this.#sources.has(found.event)) continue;
      const fd = open(join(devRoot, found.event), found);
      this.#sources.set(found.event, {
        device: found,
        fd,
        down: new Set(),
        offset: 0,
        rest: Buffer.alloc(0),
      });
    }
  }

  #emitFound(): void {
    const location = [...this.#sources.values()].map(({ device }) => `“${device.name}”`).join(' and ');
    this.#emit?.({ type: 'found', pressed: false, at: this.#options.clock.monotonic(), location });
  }

  #scan(): void {
    const before = this.#sources.size;
    try {
      this.#openNew();
    } catch {
      // Still missing or still not permitted: already reported.
    }
    if (this.#sources.size > before) this.#emitFound();
    this.#scanLater();
  }

  #scanLater(): void {
    this.#cancelScan = this.#options.clock.after(SCAN_MS, () => {
      this.#scan();
    });
  }

  #poll(): void {
    for (const source of this.#sources.values()) {
      try {
        this.#read(source);
      } catch (error) {
        this.#lose(source, error);
      }
    }
    this.#cancelPoll = this.#options.clock.after(this.#anyDown() ? POLL_DOWN_MS : POLL_MS, () => {
      this.#poll();
    });
  }

  #read(source: Source): void {
    const { device, fd, down } = source;
    const chunk = Buffer.alloc(EVENTS_PER_READ * EVENT_BYTES);
    const length = readNow(fd, chunk);
    if (length === undefined) return;
    if (length === 0) throw new Error('the device was closed');
    const bytes = Buffer.concat([source.rest, chunk.subarray(0, length)]);
    source.rest = bytes.subarray(bytes.length - (bytes.length % EVENT_BYTES));
    const events = inputKeyEvents(bytes);
    const now = this.#options.clock.monotonic();
    for (const event of events) {
      if (!this.#options.keys.has(event.code)) continue;
      // The newest event cannot be later than now: a press is never reported as earlier than it was.
      if (event.down && down.size === 0) source.offset = now - (events.at(-1)?.stampMs ?? 0);
      if (event.down) down.add(event.code);
      else down.delete(event.code);
      const level = {
        type: 'level',
        pressed: this.#anyDown(),
        at: Math.min(now, event.stampMs + source.offset),
      } as const;
      this.#emit?.(device.gpio ? level : { ...level, proven: true });
    }
  }

  #anyDown(): boolean {
    return [...this.#sources.values()].some(({ down }) => down.size > 0);
  }

  #lose(source: Source, error: unknown): void {
    this.#sources.delete(source.device.event);
    closeQuietly(source.fd);
    const reason = `“${source.device.name}” is disconnected (${systemCode(error) || 'end of file'}): plug it in again; it reconnects automatically`;
    this.#emit?.({ type: 'gone', at: this.#options.clock.monotonic(), reason });
    if (this.#sources.size > 0) this.#emitFound();
  }

  #closeAll(): void {
    for (const { fd } of this.#sources.values()) closeQuietly(fd);
    this.#sources.clear();
  }
}

/** On 32-bit systems events have a different size. */
function demand64Bits(): void {
  if (!['arm', 'ia32'].includes(process.arch)) return;
  throw new KioskError(
    'button/failed',
    `input events are supported on 64-bit systems only, not on ${process.arch}`,
  );
}

function noDevice(there: readonly InputDevice[], device: string): KioskError {
  const names = there.map(({ name }) => `“${name}”`).join(', ') || 'none';
  const sought = device === '' ? 'no input device' : `no input device ${device}`;
  return new KioskError(
    'button/no-device',
    `${sought} has one of the button’s keys (found: ${names}): plug it in, or set KIOSK_BUTTON_DEVICE or _KEYS`,
  );
}

function open(path: string, { name }: InputDevice): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    const refused = ['EACCES', 'EPERM'].includes(systemCode(cause));
    const cure = refused
      ? 'is not permitted: add the kiosk’s user to the group input'
      : 'cannot be opened: pass the devices to the container';
    throw new KioskError(refused ? 'button/no-permission' : 'button/failed', `“${name}” (${path}) ${cure}`, {
      cause,
    });
  }
}

/** Number of bytes read; `undefined` if there are none. */
function readNow(fd: number, into: Buffer): number | undefined {
  try {
    return readSync(fd, into);
  } catch (error) {
    if (systemCode(error) === 'EAGAIN') return undefined;
    throw error;
  }
}

function closeQuietly(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // The device is disconnected, and its descriptor is already invalid.
  }
}
