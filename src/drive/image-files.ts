import { constants } from 'node:fs';
import { lstat, open, opendir, realpath, type FileHandle } from 'node:fs/promises';
import { KioskError } from '../lib/errors.ts';
import { imageTypeOf, type EncodedImage, type ImageType } from '../lib/image-signature.ts';

/** Cameras nest their folders: DCIM/100ABCDE. */
const MAX_DEPTH = 3;
/** Files and folders that a listing looks at; a drive may hold any number. */
const MAX_ENTRIES = 5_000;
const SIGNATURE_BYTES = 8;
/** Without O_NONBLOCK, opening a pipe would wait for its other end. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** Folders of operating systems: deleted files, indexes. Hidden ones begin with a dot. */
const SYSTEM_FOLDER = /^(?:[.$]|System Volume Information$)/i;
/** Control, format, private and unassigned characters, among them those that reverse the direction of a text. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A regular file on the drive, not opened yet. */
export interface FileFound {
  /** Absolute and without links. Bytes, because a drive's names may be in any encoding. */
  readonly path: Buffer;
  readonly name: string;
  /** Its folder, relative to the drive; empty for the drive itself. */
  readonly folder: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

/**
 * The regular files below a folder, newest first. Links, devices, pipes, and hidden and empty files are left out.
 *
 * @param root without links
 * @throws the error of the system if the folder itself cannot be read
 */
export async function filesBelow(root: Buffer): Promise<readonly FileFound[]> {
  const found: FileFound[] = [];
  let seen = 0;
  const folders = [{ path: root, folder: '', depth: 0 }];
  for (let at = folders.shift(); at !== undefined && seen < MAX_ENTRIES; at = folders.shift()) {
    const { path: parent, folder, depth } = at;
    // Latin-1 keeps every byte of a name.
    for await (const entry of await opendir(parent, { encoding: 'latin1' })) {
      if ((seen += 1) > MAX_ENTRIES) break;
      const raw = Buffer.from(entry.name, 'latin1');
      const path = Buffer.concat([parent, Buffer.from('/'), raw]);
      const name = printable(raw);
      if (SYSTEM_FOLDER.test(name)) continue;
      if (entry.isDirectory() && depth < MAX_DEPTH) {
        folders.push({ path, folder: folder === '' ? name : `${folder}/${name}`, depth: depth + 1 });
      } else if (entry.isFile()) {
        const { size, mtimeMs } = await lstat(path);
        if (size > 0) found.push({ path, name, folder, bytes: size, modifiedAt: mtimeMs });
      }
    }
  }
  return found.sort((a, b) => b.modifiedAt - a.modifiedAt || Buffer.compare(a.path, b.path));
}

/** A name as text that a screen can show without side effects. */
function printable(raw: Buffer): string {
  return raw.toString('utf8').replaceAll(UNPRINTABLE, '�');
}

/** The format of a file by its first bytes; `undefined` for all but PNG and JPEG. */
export async function typeOfFile(file: FileFound): Promise<ImageType | undefined> {
  return withFile(file, async (handle) => imageTypeOf(await firstBytes(handle, SIGNATURE_BYTES)));
}

/** @throws KioskError `drive/changed`, `picture/too-large`, `picture/unsupported`; the error of the system */
export async function readImage(file: FileFound, maxBytes: number): Promise<EncodedImage> {
  if (file.bytes > maxBytes) throw new KioskError('picture/too-large', `more than ${maxBytes} bytes`);
  return withFile(file, async (handle) => {
    const bytes = await firstBytes(handle, file.bytes);
    if (bytes.length < file.bytes) throw changed();
    const contentType = imageTypeOf(bytes);
    if (contentType === undefined) throw new KioskError('picture/unsupported', 'not a PNG or JPEG image');
    return { bytes, contentType };
  });
}

/**
 * Opens a file of a listing. Another drive may have been plugged in since: the file must still be the same regular
 * file, and no part of its path a link.
 */
async function withFile<T>(file: FileFound, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file.path, READ);
  try {
    const now = await handle.stat();
    const same = now.isFile() && now.size === file.bytes && now.mtimeMs === file.modifiedAt;
    if (!same || !file.path.equals(await realpath(file.path, 'buffer'))) throw changed();
    return await use(handle);
  } finally {
    await handle.close();
  }
}

async function firstBytes(handle: FileHandle, count: number): Promise<Buffer> {
  const bytes = Buffer.alloc(count);
  let filled = 0;
  while (filled < count) {
    const { bytesRead } = await handle.read(bytes, filled, count - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

export function changed(): KioskError {
  return new KioskError('drive/changed', 'the drive is not the one that was listed');
}
