import { beforeEach, describe, expect, it } from 'vitest';
import { captureBurst } from '../../src/camera/burst.ts';
import type { Frame } from '../../src/camera/port.ts';
import { FakeCamera } from '../fakes/camera.ts';
import { FakeClock } from '../fakes/clock.ts';
import { jpegShape } from '../support/jpeg.ts';

const jpeg = jpegShape({});
let clock: FakeClock;
let camera: FakeCamera;
let abort: AbortController;

beforeEach(() => {
  clock = new FakeClock();
  camera = new FakeCamera();
  abort = new AbortController();
});

function burst(notBefore = 0, spanMs = 0, count = 3): Promise<readonly Frame[]> {
  const { signal } = abort;
  return captureBurst(camera, { count, spanMs, notBefore, timeoutMs: 1_000, clock, signal });
}

describe('a burst', () => {
  it('is the requested number of next frames of the stream, in order', async () => {
    const frames = burst();
    const sent = [1, 2, 3, 4].map((at) => camera.push(jpeg, at));
    expect(await frames).toEqual(sent.slice(0, 3));
    expect(camera.listeners).toBe(0);
  });

  it('never contains a frame that arrived before the earliest allowed time', async () => {
    const frames = burst(100);
    const sent = [98, 99.9, 100, 101, 102].map((at) => camera.push(jpeg, at));
    expect(await frames).toEqual(sent.slice(2));
  });

  it('is spread evenly over its span, from the first allowed frame', async () => {
    const frames = burst(100, 200);
    for (const at of [60, 110, 160, 209, 210, 260, 309, 311, 360]) camera.push(jpeg, at);
    expect((await frames).map(({ receivedAt }) => receivedAt)).toEqual([110, 210, 311]);
  });

  it('of one frame does not wait for a span', async () => {
    const frames = burst(100, 200, 1);
    const sent = [99, 101].map((at) => camera.push(jpeg, at));
    expect(await frames).toEqual([sent[1]]);
  });

  it('whose span exceeds the time limit contains the frames received so far', async () => {
    const frames = burst(0, 2_000);
    const sent = [10, 500, 990].map((at) => camera.push(jpeg, at));
    await clock.advance(1_000);
    expect(await frames).toEqual([sent[0]]);
  });

  it('contains the frames received so far when the time limit is reached', async () => {
    const frames = burst();
    const only = camera.push(jpeg, 1);
    await clock.advance(1_000);
    expect(await frames).toEqual([only]);
    expect(camera.listeners).toBe(0);
  });

  it('waits for the first frame of a camera that is starting', async () => {
    camera.become({ state: 'starting' });
    const frames = burst();
    camera.become({ state: 'live' });
    const sent = [1, 2, 3].map((at) => camera.push(jpeg, at));
    expect(await frames).toEqual(sent);
  });

  it('fails when the time limit is reached without an allowed frame', async () => {
    const failed = expect(burst(500)).rejects.toMatchObject({ code: 'camera/timeout' });
    camera.push(jpeg, 499);
    await clock.advance(1_000);
    await failed;
    expect(camera.listeners).toBe(0);
  });

  it.each(['lost', 'stalled'] as const)('fails at once when the camera is %s', async (state) => {
    camera.become({ state, reason: 'Unplugged.' });
    await expect(burst()).rejects.toMatchObject({ code: `camera/${state}`, message: 'Unplugged.' });
    expect(camera.listeners).toBe(0);
  });

  it('fails at once while the stream is stopped', async () => {
    camera.become({ state: 'stopped' });
    await expect(burst()).rejects.toMatchObject({
      code: 'camera/lost',
      message: 'the camera stream is stopped',
    });
  });

  it.each(['lost', 'stalled'] as const)('fails when the camera is %s while it waits', async (state) => {
    const frames = burst();
    camera.push(jpeg, 1);
    camera.become({ state });
    await expect(frames).rejects.toMatchObject({ code: `camera/${state}` });
    expect(camera.listeners).toBe(0);
  });

  it('stops listening when aborted, and rejects with the reason given', async () => {
    const reason = new Error('cancelled by the user');
    const frames = burst();
    abort.abort(reason);
    await expect(frames).rejects.toBe(reason);
    expect(camera.listeners).toBe(0);
  });

  it('does not start if already aborted', async () => {
    abort.abort(new Error('too late'));
    await expect(burst()).rejects.toThrow('too late');
    expect(camera.listeners).toBe(0);
  });
});
