import { mkdir, readdir, readFile, statfs, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import { codeOf, describe, KioskError } from '../lib/errors.ts';
import { DAY_MS } from '../lib/local-day.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import type { KeptMask, StoredImage } from '../protocol/http.ts';
import type { StoredOverview } from '../protocol/overview.ts';
import type { SessionStore } from '../store/port.ts';
import { overwriteStart, PART, readStart, removeDurably, writeDurably } from '../lib/durable-file.ts';
import { keyLost, noRoom, wrapImageErrors } from './errors.ts';
import { makeKey, readKey } from './key-file.ts';
import { recordGone, recordKept, type Keeping } from './image-journal.ts';
import type { RemovalReason, KeepReason, ImageStore, ImageWithMask, OverviewImages } from './port.ts';
import {
  erasedHead,
  HEAD_BYTES,
  headOf,
  opens,
  sealImage,
  sha256Of,
  unsealImage,
  type SealedHead,
  type ImageLabel,
} from './sealed-image.ts';
import { NonDecreasingClock } from './non-decreasing-clock.ts';

export interface EncryptedImageStoreOptions {
  /** Folder of the sealed images; created when the first is stored. */
  readonly dir: string;
  readonly keyFile: string;
  readonly policy: ImageStore['policy'];
  readonly store: Pick<SessionStore, 'append'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Free bytes on the disk of a folder; from the file system by default. */
  readonly freeBytes?: (dir: string) => Promise<number>;
}

const SEALED = '.sealed';

/** Interval at which expired images are deleted, ms; an expired image is not shown, deleted or not. */
const SWEEP_MS = 3_600_000;

/** Reserved for future sessions: a row that cannot be written stops the kiosk, an image that is not stored does not. */
const RESERVE_BYTES = 64 * 1024 ** 2;

/**
 * Images in a folder, one encrypted file each. Operations run one at a time, in order. Deletion has three steps, each
 * on disk before the next: the image's key is overwritten, the journal row written, the file unlinked; an interrupted
 * deletion is completed at the next start.
 */
export class EncryptedImageStore implements ImageStore, Service {
  readonly name = 'retention';
  readonly overviews: OverviewImages = {
    keep: ({ id, picture, ...keeping }) => this.#keep(id, { picture }, keeping),
    of: (lesion) => this.#overviewsOf(lesion),
    kept: (id) => {
      const head = this.#stored(id, 'overview');
      return head && overviewOf(head.label);
    },
    read: (id) => this.#read(id, 'overview'),
    remove: (id, because, operator) => this.#remove(id, 'overview', because, operator),
    onChange: (listener) => this.onChange(listener),
  };
  #policy: ImageStore['policy'];
  readonly #options: EncryptedImageStoreOptions;
  readonly #time: NonDecreasingClock;
  readonly #changes = new Emitter<string>();
  readonly #heads = new Map<string, SealedHead>();
  #last: Promise<unknown> = Promise.resolve();
  #cancelSweep: () => void = () => undefined;
  #warning: string | undefined;

  constructor(options: EncryptedImageStoreOptions) {
    this.#options = options;
    this.#policy = options.policy;
    this.#time = new NonDecreasingClock(join(options.dir, 'time'), options.clock);
  }

  get policy(): ImageStore['policy'] {
    return this.#policy;
  }

  /** Applies to future images: stored ones keep their retention period. */
  setPolicy(policy: ImageStore['policy']): void {
    this.#policy = policy;
  }

  /** An unreadable folder is reported, but does not stop the kiosk. */
  async start(): Promise<void> {
    await this.#inTurn(() => this.#load()).catch((error: unknown) => {
      this.#warn('could not read the stored images', error);
    });
    await this.#sweep();
  }

  async stop(): Promise<void> {
    this.#cancelSweep();
    if (this.#heads.size > 0) await this.#inTurn(() => this.#time.save()).catch(() => undefined);
    await this.#last.catch(() => undefined);
  }

  /** A problem that needs attention. */
  warning(): string | undefined {
    return this.#warning;
  }

  kept(sessionId: string): StoredImage | undefined {
    const head = this.#stored(sessionId, 'session');
    return head && { ...timesOf(head.label), mask: head.label.mask !== undefined };
  }

  onChange(listener: (sessionId: string) => void): () => void {
    return this.#changes.on(listener);
  }

  keep(sessionId: string, content: ImageWithMask, by: KeepReason): Promise<void> {
    return this.#keep(sessionId, content, { by });
  }

  read(sessionId: string): Promise<ImageWithMask | undefined> {
    return this.#read(sessionId, 'session');
  }

  remove(sessionId: string, because: RemovalReason, operator?: string): Promise<boolean> {
    return this.#remove(sessionId, 'session', because, operator);
  }

  #overviewsOf(lesion: string): readonly StoredOverview[] {
    const heads = [...this.#heads.values()].filter(
      ({ key, label }) => key !== undefined && label.lesion === lesion && !this.#isDue(label),
    );
    // Of two that were kept in the same millisecond, the later one was written later.
    return heads
      .toReversed()
      .sort((a, b) => b.label.keptWallMs - a.label.keptWallMs)
      .map(({ label }) => overviewOf(label));
  }

  /** The header of a stored image that is not due: of a session, or an overview image; ids of one are none of the other. */
  #stored(id: string, kind: ImageKind): SealedHead | undefined {
    const head = this.#heads.get(id);
    return head?.key === undefined || kindOf(head.label) !== kind || this.#isDue(head.label)
      ? undefined
      : head;
  }

  #keep(id: string, content: ImageWithMask, keeping: Keeping): Promise<void> {
    return this.#inTurn(async () => {
      if (this.policy.mode === 'off') throw new KioskError('picture/not-kept', 'image storage is off');
      const label = this.#labelOf(id, content, keeping.lesion);
      if (this.#stored(id, kindOf(label)) !== undefined) return;
      await this.#write(label, content, keeping);
      this.#changes.emit(id);
    });
  }

  #read(id: string, kind: ImageKind): Promise<ImageWithMask | undefined> {
    return this.#inTurn(async () => {
      const head = this.#stored(id, kind);
      if (head === undefined) return undefined;
      const key = await this.#key();
      if (!opens(key, head)) throw keyLost('is wrong, or the image was modified');
      const file = await readFile(this.#pathOf(id));
      // Another session's image in its place would decrypt as well.
      const content = headOf(file)?.about === head.about ? unsealImage(key, file) : undefined;
      if (content === undefined || sha256Of(content.picture.bytes) !== head.label.sha256)
        throw new KioskError('picture/kept-damaged', 'the stored image cannot be decrypted');
      return content;
    });
  }

  #remove(id: string, kind: ImageKind, because: RemovalReason, operator?: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const head = this.#heads.get(id);
      if (head === undefined || kindOf(head.label) !== kind) return false;
      await this.#erase(head, because, operator);
      return true;
    });
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#last.catch(() => undefined).then(() => wrapImageErrors(run));
    this.#last = turn;
    return turn;
  }

  #labelOf(session: string, { picture, mask }: ImageWithMask, lesion?: string): ImageLabel {
    const keptWallMs = this.#options.clock.wall();
    const keptMs = this.policy.days * DAY_MS;
    return {
      ...{ format: 1, session, keptWallMs },
      ...(lesion === undefined ? {} : { lesion }),
      dueWallMs: keptWallMs + keptMs,
      dueMs: this.#time.now() + keptMs,
      contentType: picture.contentType,
      sha256: sha256Of(picture.bytes),
      pictureBytes: picture.bytes.length,
      ...(mask === undefined ? {} : { mask: shapeOf(mask) }),
    };
  }

  async #write(label: ImageLabel, content: ImageWithMask, keeping: Keeping): Promise<void> {
    const { dir, store } = this.#options;
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const free = await (this.#options.freeBytes ?? freeBytes)(dir);
    if (free < RESERVE_BYTES + content.picture.bytes.length) throw noRoom();
    const sealed = sealImage(await this.#key(), label, content);
    // Before the first image, so that expiry works even if the clock was set back.
    await this.#time.save();
    const path = this.#pathOf(label.session);
    await writeDurably(path, sealed);
    try {
      recordKept(store, label, this.policy.days, keeping);
    } catch (error) {
      await removeDurably(path);
      throw error;
    }
    const head = headOf(sealed);
    if (head !== undefined) this.#heads.set(label.session, head);
  }

  async #erase(head: SealedHead, because: string, operator?: string): Promise<void> {
    const { session } = head.label;
    const path = this.#pathOf(session);
    if (head.key !== undefined) {
      await overwriteStart(path, erasedHead(head, because, operator));
      this.#heads.set(session, { ...head, key: undefined, gone: because, goneBy: operator });
      this.#changes.emit(session);
    }
    const by = head.gone === undefined ? operator : head.goneBy;
    recordGone(this.#options.store, head.label, head.gone ?? because, by);
    await removeDurably(path);
    this.#heads.delete(session);
  }

  /** The kiosk's key; created on first use, but never while there are images sealed with another one. */
  async #key(): Promise<Buffer> {
    const { keyFile } = this.#options;
    const key = await readKey(keyFile);
    const [sealed] = [...this.#heads.values()].filter((head) => head.key !== undefined);
    if (key === undefined && sealed !== undefined) throw keyLost(`is missing: ${keyFile}`);
    if (key !== undefined && sealed !== undefined && !opens(key, sealed))
      throw keyLost(`in ${keyFile} is not the one they were encrypted with`);
    return key ?? makeKey(keyFile);
  }

  async #load(): Promise<void> {
    const { dir } = this.#options;
    this.#heads.clear();
    await this.#time.load();
    const names = await readdir(dir).catch(() => []);
    for (const name of names.filter((other) => other.endsWith(PART))) await unlink(join(dir, name));
    for (const name of names.filter((other) => other.endsWith(SEALED))) {
      const head = headOf(await readStart(join(dir, name), HEAD_BYTES));
      if (head !== undefined && `${head.label.session}${SEALED}` === name)
        this.#heads.set(head.label.session, head);
      else this.#warn(`${name} in the image folder is not a stored image: remove it`);
    }
  }

  /** Deletes expired images, and completes interrupted deletions; failures are retried at the next sweep. */
  async #sweep(): Promise<void> {
    this.#cancelSweep();
    const due = [...this.#heads.values()].filter(({ key, label }) => key === undefined || this.#isDue(label));
    for (const head of due) {
      await this.#inTurn(() => this.#erase(head, 'due')).catch((error: unknown) => {
        this.#warn('could not delete an expired image', error);
      });
    }
    if (this.#heads.size > 0) {
      await this.#inTurn(async () => {
        await this.#time.save();
        await this.#key();
      }).catch((error: unknown) => {
        this.#warn('the stored images need attention', error);
      });
    }
    this.#cancelSweep = this.#options.clock.after(SWEEP_MS, () => {
      this.#warning = undefined;
      void this.#sweep();
    });
  }

  #isDue({ dueMs, dueWallMs }: ImageLabel): boolean {
    return this.#time.now() >= dueMs || this.#options.clock.wall() >= dueWallMs;
  }

  #pathOf(session: string): string {
    return join(this.#options.dir, `${session}${SEALED}`);
  }

  #warn(what: string, error?: unknown): void {
    this.#warning = error === undefined ? what : `${what}: ${describe(error)}`;
    this.#options.log.error({ code: codeOf(error), problem: this.#warning }, 'stored images');
  }
}

type ImageKind = 'session' | 'overview';

function kindOf({ lesion }: ImageLabel): ImageKind {
  return lesion === undefined ? 'session' : 'overview';
}

function overviewOf(label: ImageLabel): StoredOverview {
  return { id: label.session, ...timesOf(label) };
}

function timesOf({ keptWallMs, dueWallMs }: ImageLabel): Pick<StoredImage, 'keptAt' | 'due'> {
  return { keptAt: new Date(keptWallMs).toISOString(), due: new Date(dueWallMs).toISOString() };
}

async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

function shapeOf({ side, mmPerPixel }: KeptMask): NonNullable<ImageLabel['mask']> {
  return { side, ...(mmPerPixel === undefined ? {} : { mmPerPixel }) };
}
