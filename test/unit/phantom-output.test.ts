import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { programArguments } from '../../src/camera/programs/arguments.ts';
import { writeLive } from '../../src/camera/programs/mjpeg-output.ts';
import { FakeClock, settle } from '../fakes/clock.ts';

/** A pipe whose reader can be paused. */
class PausablePipe extends Writable {
  readonly taken: string[] = [];
  reading = true;
  #release: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: 1 });
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.taken.push(chunk.toString());
    if (this.reading) done();
    else this.#release = done;
  }

  release(): void {
    this.reading = true;
    this.#release?.();
  }
}

function live(
  output: Writable,
  clock: FakeClock,
  frames = 0,
): { made: { seconds: number; index: number }[]; ended: Promise<void> } {
  const made: { seconds: number; index: number }[] = [];
  const ended = writeLive({
    fps: 10,
    frames,
    output,
    clock,
    frame: (seconds, index) => {
      made.push({ seconds, index });
      return Promise.resolve(Buffer.from(`frame ${index}`));
    },
  });
  return { made, ended };
}

describe('the live output of a camera program', () => {
  it('writes frames at its rate, each with the time since the start', async () => {
    const clock = new FakeClock();
    const pipe = new PausablePipe();
    const { made } = live(pipe, clock);
    await clock.advance(1000);
    expect(made).toHaveLength(11);
    expect(made.map(({ seconds }) => Math.round(seconds * 10))).toEqual(made.map(({ index }) => index));
    expect(pipe.taken.at(-1)).toBe('frame 10');
    pipe.destroy();
  });

  it('pauses while the reader is paused, then continues at its rate without catching up', async () => {
    const clock = new FakeClock();
    const pipe = new PausablePipe();
    const { made } = live(pipe, clock);
    await clock.advance(300);
    pipe.reading = false;
    await clock.advance(100);
    const before = made.length;
    await clock.advance(5000);
    expect(made).toHaveLength(before);
    pipe.release();
    await clock.advance(1000);
    expect(made.length - before).toBeGreaterThanOrEqual(10);
    expect(made.length - before).toBeLessThanOrEqual(12);
    expect(made.at(before)?.seconds).toBeGreaterThan(5);
    pipe.destroy();
  });

  it('leaves no listener behind, however often the reader is slow', async () => {
    const clock = new FakeClock();
    const pipe = new PausablePipe();
    live(pipe, clock);
    await clock.advance(300);
    const count = (): number =>
      ['drain', 'close', 'error'].reduce((sum, name) => sum + pipe.listenerCount(name), 0);
    const before = count();
    await clock.advance(5000);
    expect(count()).toBe(before);
    pipe.destroy();
  });

  it('ends after the requested number of frames', async () => {
    const clock = new FakeClock();
    const pipe = new PausablePipe();
    const { ended } = live(pipe, clock, 3);
    await clock.advance(1000);
    await ended;
    expect(pipe.taken).toEqual(['frame 0', 'frame 1', 'frame 2']);
  });

  it.each(['while it waits for its time', 'while the reader is behind'])(
    'ends when the reader is gone, %s',
    async (when) => {
      const clock = new FakeClock();
      const pipe = new PausablePipe();
      const { made, ended } = live(pipe, clock);
      await clock.advance(200);
      if (when.includes('behind')) {
        pipe.reading = false;
        await clock.advance(200);
      }
      pipe.destroy(new Error('EPIPE'));
      await settle();
      await ended;
      const count = made.length;
      await clock.advance(1000);
      expect(made).toHaveLength(count);
    },
  );

  it('fails with the error of creating a frame', async () => {
    const clock = new FakeClock();
    const output = new PausablePipe();
    const failing = writeLive({
      fps: 10,
      frames: 0,
      output,
      clock,
      frame: () => Promise.reject(new Error('no ink')),
    });
    const failed = expect(failing).rejects.toThrow('no ink');
    await clock.advance(0);
    await failed;
  });
});

describe('the arguments of a camera program', () => {
  it('are whole numbers in their range, or rejected with a message', () => {
    const { text, number } = programArguments({ width: '960', fps: '0', seed: '-1', name: 'x' });
    expect([text.name, number('width'), number('fps')]).toEqual(['x', 960, 0]);
    expect(() => number('fps', 1)).toThrow('--fps must be a whole number of at least 1, not 0');
    expect(() => number('seed')).toThrow('--seed');
    expect(() => number('name')).toThrow('not x');
  });
});
