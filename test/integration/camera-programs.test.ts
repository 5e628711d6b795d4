import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { phantomProgram } from '../../src/camera/drivers/phantom.ts';
import { replayProgram } from '../../src/camera/drivers/replay.ts';
import { MjpegSplitter } from '../../src/camera/mjpeg.ts';
import type { CameraProgram } from '../../src/camera/port.ts';
import { SCENES } from '../../src/camera/programs/phantom/scene.ts';
import { commentOf } from '../../src/vision/jpeg-comment.ts';
import { decode } from '../../src/vision/jpeg.ts';
import { plainPng } from '../support/pictures.ts';

const settings = {
  cameraWidth: 320,
  cameraHeight: 240,
  cameraFps: 30,
  phantomScene: 'naevus',
  phantomSeed: 4,
  replayDir: '',
  replaySecondsPerPicture: 1,
};

let folder: string;
const running = new Set<ChildProcess>();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-camera-'));
});

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  await rm(folder, { recursive: true });
});

function run({ command, args }: CameraProgram) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const exit = once(child, 'exit').then((ended) => {
    const [code, signal] = ended as [number | null, string | null];
    return { code, signal };
  });
  return { child, exit, stderr: text(child.stderr) };
}

/** The first frames of a program, read until `enough`; the program is left running. */
async function framesOf(
  child: ChildProcess,
  enough: (frames: readonly Uint8Array[]) => boolean,
): Promise<Uint8Array[]> {
  const splitter = new MjpegSplitter();
  const frames: Uint8Array[] = [];
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    frames.push(...splitter.push(chunk as Buffer));
    if (enough(frames)) return frames;
  }
  throw new Error(`the program ended after ${frames.length} frames`);
}

interface Mark {
  readonly exposed: number;
  readonly frame: number;
  readonly scene: string;
}

function markOf(jpeg: Uint8Array): Mark {
  const match = /^kiosk exposed=([\d.]+) frame=(\d+) scene=([\w-]+)$/.exec(commentOf(jpeg) ?? '');
  return { exposed: Number(match?.[1]), frame: Number(match?.[2]), scene: match?.[3] ?? '' };
}

const now = (): number => Number(process.hrtime.bigint()) / 1e6;

describe('the phantom program', () => {
  it('sends frames of the requested size, each marked with its exposure time on this process’s clock', async () => {
    const before = now();
    const { child } = run(phantomProgram(settings));
    const frames = await framesOf(child, ({ length }) => length >= 5);
    const after = now();
    const marks = frames.map(markOf);
    expect(marks.map(({ frame }) => frame)).toEqual(frames.map((_, i) => i));
    const times = [before, ...marks.map(({ exposed }) => exposed), after];
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(marks.map(({ scene }) => scene))).toEqual(new Set(['naevus']));
    expect(await decode(frames[0]!)).toMatchObject({ width: 320, height: 240 });
  });

  it('shows several scenes in turn', async () => {
    const program = phantomProgram({ ...settings, phantomScene: 'no-lesion,vascular' });
    const { child } = run({ ...program, args: [...program.args, '--seconds-per-scene=1'] });
    const frames = await framesOf(child, (all) => all.length > 0 && markOf(all.at(-1)!).scene === 'vascular');
    expect(markOf(frames[0]!).scene).toBe('no-lesion');
  });

  it('exits cleanly on SIGTERM, even if nobody reads its output', async () => {
    const { child, exit } = run(phantomProgram(settings));
    await framesOf(child, ({ length }) => length >= 1);
    child.stdout.pause();
    child.kill('SIGTERM');
    expect(await exit).toEqual({ code: 0, signal: null });
  });

  it('exits when its reader has closed the pipe', async () => {
    const { child, exit, stderr } = run(phantomProgram(settings));
    await framesOf(child, ({ length }) => length >= 1);
    child.stdout.destroy();
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(await stderr).toBe('');
  });

  it('rejects an unknown scene, even if it is not the first, and lists the scenes', async () => {
    const { exit, stderr } = run(phantomProgram({ ...settings, phantomScene: 'naevus,freckles' }));
    expect((await exit).code).toBe(2);
    const words = await stderr;
    expect(words).toContain('“freckles”');
    for (const name of SCENES) expect(words).toContain(name);
  });
});

describe('the replay program', () => {
  const replay = (changes = {}): CameraProgram =>
    replayProgram({ ...settings, replayDir: folder, ...changes });

  it('shows the images of a folder in the order of their names, filling the frame', async () => {
    await writeFile(join(folder, 'b.png'), plainPng(300, 80, 200));
    await writeFile(join(folder, 'a.png'), plainPng(80, 300, 40));
    await writeFile(join(folder, 'notes.txt'), 'not an image');
    const { child } = run(replay());
    const frames = await framesOf(child, ({ length }) => length >= 40);
    const greys = await Promise.all(frames.map(greyOf));
    expect(greys[0]).toBe(40);
    expect(greys.at(-1)).toBe(200);
    expect(greys).toEqual([...greys].sort((x, y) => x! - y!));
  });

  it('skips a broken image with a message', async () => {
    await writeFile(join(folder, 'a.jpg'), 'this is no JPEG');
    await writeFile(join(folder, 'b.png'), plainPng(200, 200, 120));
    const { child, stderr } = run(replay());
    const [first] = await framesOf(child, ({ length }) => length >= 1);
    expect(await greyOf(first!)).toBe(120);
    child.kill('SIGTERM');
    expect(await stderr).toMatch(/a\.jpg is skipped: .*text/);
  });

  it.each([
    ['no folder is named', { replayDir: '' }, 'KIOSK_REPLAY_DIR'],
    ['the folder is not there', { replayDir: '/nonexistent' }, '/nonexistent cannot be read'],
    ['the folder is empty', {}, 'has no PNG or JPEG image'],
  ])('reports it and exits with code 2 if %s', async (_, changes, words) => {
    const program = replay(changes);
    const { exit, stderr } = run(program);
    const ended = await exit;
    expect(ended.code).toBe(2);
    expect(await stderr).toContain(words);
    expect(program.explain(ended, (await stderr).trim())).toContain(words);
  });

  it('exits with code 2 if no image of the folder can be decoded', async () => {
    await writeFile(join(folder, 'a.jpg'), 'this is no JPEG');
    const { exit, stderr } = run(replay());
    expect((await exit).code).toBe(2);
    expect(await stderr).toContain('none of the images can be decoded');
  });
});

/** The grey of a uniform frame; `undefined` if it is not uniform. */
async function greyOf(jpeg: Uint8Array): Promise<number | undefined> {
  const { width, height, data } = await decode(jpeg);
  expect([width, height]).toEqual([320, 240]);
  const first = data[0]!;
  return data.every((value) => Math.abs(value - first) <= 2) ? first : undefined;
}
