import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImageFolder } from '../../src/drive/image-folder.ts';
import { FakeClock } from '../fakes/clock.ts';
import { JPEG, PNG } from '../fakes/server-parts.ts';

const run = promisify(execFile);
const LIMIT = 2_000;

let parent: string;
let folder: string;
let clock: FakeClock;
let drive: ImageFolder;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'kiosk-drive-'));
  folder = join(parent, 'drive');
  await mkdir(folder);
  clock = new FakeClock();
  let listings = 0;
  drive = new ImageFolder({ folder, maxBytes: LIMIT, newId: () => `listing-${(listings += 1)}`, clock });
});

afterEach(() => rm(parent, { recursive: true, force: true }));

/** A file that is older than those written before. */
let age = 0;
async function put(name: string | Buffer, bytes: Buffer = JPEG): Promise<void> {
  const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name)]);
  await writeFile(path, bytes);
  await utimes(path, 0, 1_700_000_000 - (age += 60));
}

describe('the images on a drive', () => {
  it('are listed by their first bytes, not by their names, newest first', async () => {
    await put('notes.jpg', Buffer.from('no image at all'));
    await put('no extension', PNG);
    await put('lesion.JPG');
    await put('empty.jpg', Buffer.alloc(0));
    const { files, next } = await drive.list();
    expect(files.map(({ name }) => name)).toEqual(['no extension', 'lesion.JPG']);
    expect(files[1]).toMatchObject({ folder: '', bytes: JPEG.length });
    expect(next).toBeUndefined();
  });

  it('are found three folders deep, but not in hidden folders and those of operating systems', async () => {
    for (const [path, name] of [
      ['DCIM/100ABC/left', 'deep.jpg'],
      ['a/b/c/d', 'too-deep.jpg'],
      ['.Trashes', 'deleted.jpg'],
      ['$RECYCLE.BIN', 'deleted.jpg'],
      ['System Volume Information', 'index.jpg'],
    ] as const) {
      await mkdir(join(folder, path), { recursive: true });
      await put(`${path}/${name}`);
    }
    await put('._lesion.jpg');
    const { files } = await drive.list();
    expect(files.map(({ name, folder: home }) => [home, name])).toEqual([['DCIM/100ABC/left', 'deep.jpg']]);
  });

  it('are listed in pages, each file once', async () => {
    for (let i = 0; i < 21; i += 1) await put(`${i}.jpg`, i % 3 === 2 ? Buffer.from('text') : JPEG);
    const first = await drive.list();
    const second = await drive.page(first.listing, first.next!);
    expect([first.files.length, second.files.length, second.next]).toEqual([8, 6, undefined]);
    const names = [...first.files, ...second.files].map(({ name }) => name);
    expect(names).toEqual(
      Array.from({ length: 21 }, (_, i) => i)
        .filter((i) => i % 3 !== 2)
        .map((i) => `${i}.jpg`),
    );
  });

  it('are read by number, with their format', async () => {
    await put('a.png', PNG);
    await put('b.jpg');
    const { listing, files } = await drive.list();
    expect(files.map(({ file }) => file)).toEqual([0, 1]);
    expect(await drive.read(listing, 0)).toEqual({ bytes: PNG, contentType: 'image/png' });
    expect(await drive.read(listing, 1)).toEqual({ bytes: JPEG, contentType: 'image/jpeg' });
    await expect(drive.read(listing, 2)).rejects.toMatchObject({ code: 'drive/changed' });
  });

  it('have harmless names, whatever the drive calls them, and are readable all the same', async () => {
    const names = ['<img src=x>.jpg', 'a\nb.jpg', 'gpj.\u202Enoisel.jpg', 'Läsion.jpg', '‮.jpg', '..jpg.jpg'];
    for (const name of names) await put(name);
    await put(Buffer.from('L\xe4sion.jpg', 'latin1'));
    const { listing, files } = await drive.list();
    expect(files.map(({ name }) => name)).toEqual([
      ...['<img src=x>.jpg', 'a�b.jpg', 'gpj.�noisel.jpg', 'Läsion.jpg', '�.jpg', 'L�sion.jpg'],
    ]);
    for (const { file } of files) expect((await drive.read(listing, file)).bytes).toEqual(JPEG);
  });

  it('that exceed the limit are listed but not read', async () => {
    await put('large.jpg', Buffer.concat([JPEG, Buffer.alloc(LIMIT)]));
    const { listing } = await drive.list();
    await expect(drive.read(listing, 0)).rejects.toMatchObject({ code: 'picture/too-large' });
  });
});

describe('links and other special files', () => {
  it('are not listed', async () => {
    await writeFile(join(parent, 'secret.jpg'), JPEG);
    await symlink('../secret.jpg', join(folder, 'link.jpg'));
    await symlink('..', join(folder, 'up'));
    await symlink(folder, join(folder, 'loop'));
    await run('mkfifo', [join(folder, 'pipe.jpg')]);
    await put('a.jpg');
    expect((await drive.list()).files.map(({ name }) => name)).toEqual(['a.jpg']);
  });

  it('are not read in place of a listed file or of its folder', async () => {
    await mkdir(join(folder, 'inner'));
    await put('a.jpg');
    await put('inner/b.jpg');
    const { listing } = await drive.list();
    // The same file behind a link: same size, same time.
    await rename(join(folder, 'a.jpg'), join(parent, 'a.jpg'));
    await symlink('../a.jpg', join(folder, 'a.jpg'));
    await rename(join(folder, 'inner'), join(parent, 'inner'));
    await symlink('../inner', join(folder, 'inner'));
    await expect(drive.read(listing, 0)).rejects.toMatchObject({ code: 'drive/changed' });
    await expect(drive.read(listing, 1)).rejects.toMatchObject({ code: 'drive/changed' });
    expect((await drive.page(listing, 0)).files).toEqual([]);
  });
});

describe('a drive', () => {
  it('is missing if its mount point is empty or does not exist', async () => {
    await expect(drive.list()).rejects.toMatchObject({ code: 'drive/no-medium' });
    await rm(folder, { recursive: true });
    await expect(drive.list()).rejects.toMatchObject({ code: 'drive/no-medium' });
  });

  it('without images is reported as such', async () => {
    await put('notes.txt', Buffer.from('text'));
    await expect(drive.list()).rejects.toMatchObject({ code: 'drive/no-pictures' });
  });

  it('that is removed while it is shown is reported as missing', async () => {
    await put('a.jpg');
    const { listing } = await drive.list();
    await rm(folder, { recursive: true });
    await expect(drive.read(listing, 0)).rejects.toMatchObject({ code: 'drive/no-medium' });
    await expect(drive.page(listing, 0)).rejects.toMatchObject({ code: 'drive/no-medium' });
  });

  it('whose files were replaced is not read by an old listing', async () => {
    await put('a.jpg');
    const { listing } = await drive.list();
    await put('a.jpg');
    await expect(drive.read(listing, 0)).rejects.toMatchObject({ code: 'drive/changed' });
    await put('a.jpg');
    await drive.list();
    await expect(drive.read(listing, 0)).rejects.toMatchObject({ code: 'drive/changed' });
    await expect(drive.page(listing, 0)).rejects.toMatchObject({ code: 'drive/changed' });
  });

  it('that does not answer is reported after a while and holds up only its own requests', async () => {
    await put('a.jpg');
    const slow = new ImageFolder({ folder, maxBytes: LIMIT, newId: () => 'slow', clock });
    const [first, second] = [slow.list(), slow.list()];
    const failed = Promise.all(
      [first, second].map((listing) => expect(listing).rejects.toMatchObject({ code: 'drive/unreadable' })),
    );
    // Not a single operation of the disk has ended yet.
    void clock.advance(15_000);
    await failed;
    await expect(slow.list()).resolves.toMatchObject({ listing: 'slow' });
  });
});
