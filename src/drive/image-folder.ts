import { constants } from 'node:fs';
import { open, opendir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { KioskError, systemCode } from '../lib/errors.ts';
import type { EncodedImage } from '../lib/image-signature.ts';
import { Turns } from '../lib/turns.ts';
import type { DriveFile, DrivePage } from '../protocol/http.ts';
import { changed, filesBelow, readImage, typeOfFile, type FileFound } from './image-files.ts';
import type { ImageDrive } from './port.ts';

/** Files on one page: those that fit on the smallest screen. */
const PAGE = 8;
/**
 * Longest wait for the drive, ms, including its mounting. A failing drive may not answer for minutes; one operation at
 * a time, so that it occupies only one of the threads that all files share.
 */
const LIMIT_MS = 15_000;
/** The mount point does not exist, is not accessible, or has no device. */
const NO_MEDIUM = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ENODEV', 'ENXIO', 'ENOMEDIUM'];
/** The file itself, on a drive that is still there. */
const NO_FILE = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENXIO'];
const LAST_DATE = 8.64e15;

export interface ImageFolderOptions {
  /** Where the drive is mounted. */
  readonly folder: string;
  /** Largest file that is read, bytes. */
  readonly maxBytes: number;
  readonly newId: () => string;
  readonly clock: Clock;
}

interface Listing {
  readonly id: string;
  /** Number of the file system. */
  readonly device: number;
  readonly files: readonly FileFound[];
}

/** The images in a folder where a USB drive is mounted, at most three folders deep. */
export class ImageFolder implements ImageDrive {
  readonly #options: ImageFolderOptions;
  readonly #turns = new Turns();
  #listing: Listing | undefined;

  constructor(options: ImageFolderOptions) {
    this.#options = options;
  }

  list(): Promise<DrivePage> {
    return this.#take(async () => {
      const { folder, newId } = this.#options;
      const { device, mounted } = await this.#root();
      const files = await filesBelow(await realpath(folder, 'buffer'));
      const listing = { id: newId(), device, files };
      const page = await this.#pageOf(listing, 0);
      if (page.files.length === 0) {
        // An unused mount point is an empty folder.
        if (!mounted && (await isEmpty(folder))) throw noMedium();
        throw new KioskError('drive/no-pictures', 'none of the files is a PNG or JPEG image');
      }
      this.#listing = listing;
      return page;
    });
  }

  page(id: string, from: number): Promise<DrivePage> {
    return this.#take(() => this.#pageOf(this.#known(id), from));
  }

  read(id: string, number: number): Promise<EncodedImage> {
    return this.#take(async () => {
      const listing = this.#known(id);
      const file = listing.files[number];
      if (file === undefined) throw changed();
      try {
        return await readImage(file, this.#options.maxBytes);
      } catch (error) {
        await this.#requireSame(listing);
        throw NO_FILE.includes(systemCode(error)) ? changed() : error;
      }
    });
  }

  #known(id: string): Listing {
    if (this.#listing?.id !== id) throw changed();
    return this.#listing;
  }

  /** Looks into the files, newest first, until a page is full of images. */
  async #pageOf(listing: Listing, from: number): Promise<DrivePage> {
    const { id, files } = listing;
    const images: DriveFile[] = [];
    let at = from;
    for (; at < files.length && images.length < PAGE; at += 1) {
      const file = files[at];
      if (file !== undefined && (await this.#isImage(file, listing))) images.push(entryOf(file, at));
    }
    return { listing: id, files: images, ...(at < files.length ? { next: at } : {}) };
  }

  async #isImage(file: FileFound, listing: Listing): Promise<boolean> {
    try {
      return (await typeOfFile(file)) !== undefined;
    } catch (error) {
      await this.#requireSame(listing);
      if (error instanceof KioskError || NO_FILE.includes(systemCode(error))) return false;
      throw error;
    }
  }

  /** The drive of the listing is still there; otherwise its mount point belongs to another file system. */
  async #requireSame({ device }: Listing): Promise<void> {
    const root = await this.#root();
    if (root.device !== device) throw root.mounted ? changed() : noMedium();
  }

  /** Opens the folder, which mounts a drive that is mounted on demand; asking for its status alone would not. */
  async #root(): Promise<{ readonly device: number; readonly mounted: boolean }> {
    const { folder } = this.#options;
    const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
    const { dev } = await handle.stat().finally(() => handle.close());
    const parent = await stat(join(await realpath(folder), '..'));
    return { device: dev, mounted: dev !== parent.dev };
  }

  /** @throws KioskError `drive/no-medium`, `drive/unreadable`; any other as it is */
  #take<T>(work: () => Promise<T>): Promise<T> {
    const { clock } = this.#options;
    return new Promise((resolve, reject) => {
      let late = false;
      const cancel = clock.after(LIMIT_MS, () => {
        late = true;
        reject(new KioskError('drive/unreadable', `the drive did not answer within ${LIMIT_MS} ms`));
      });
      this.#turns
        .take(async () => {
          // Nobody waits any more.
          if (late) throw noMedium();
          return work();
        })
        .then(resolve, (error: unknown) => {
          reject(asDriveError(error));
        })
        .finally(cancel);
    });
  }
}

function entryOf({ name, folder, bytes, modifiedAt }: FileFound, file: number): DriveFile {
  const time = Math.min(LAST_DATE, Math.max(0, modifiedAt));
  return { file, name, folder, bytes, modifiedAt: new Date(time).toISOString() };
}

async function isEmpty(folder: string): Promise<boolean> {
  for await (const _entry of await opendir(folder)) return false;
  return true;
}

function noMedium(): KioskError {
  return new KioskError('drive/no-medium', 'no drive is mounted');
}

function asDriveError(error: unknown): Error {
  if (error instanceof KioskError) return error;
  const code = NO_MEDIUM.includes(systemCode(error)) ? 'drive/no-medium' : 'drive/unreadable';
  return new KioskError(code, 'the drive cannot be read', { cause: error });
}
