import { describe, expect, it } from 'vitest';
import { DecodedFrameCache } from '../../src/classifier/process/decoded-frame-cache.ts';
import type { DecodedFrame } from '../../src/classifier/process/pipeline.ts';
import { FakeClock } from '../fakes/clock.ts';

const LONG_MS = 60_000;

const framed = (grey: number): { readonly bytes: Uint8Array; readonly frame: DecodedFrame } => {
  const image = { width: 1, height: 1, data: new Uint8Array(3).fill(grey) };
  return { bytes: new Uint8Array([grey, 1, 2]), frame: { image, square: image } };
};
const [one, other] = [framed(1), framed(2)];
const create = (clock = new FakeClock()): DecodedFrameCache => new DecodedFrameCache(clock);

describe('the decoded frame cache', () => {
  it('finds a frame by its bytes, whichever message they come from', () => {
    const cache = create();
    cache.hold(one.bytes, one.frame);
    expect(cache.take(one.bytes.slice())).toBe(one.frame);
  });

  it('returns a frame only once', () => {
    const cache = create();
    cache.hold(one.bytes, one.frame);
    cache.take(one.bytes);
    expect(cache.take(one.bytes)).toBeUndefined();
  });

  it.each([
    ['other bytes', other.bytes],
    ['fewer bytes', one.bytes.subarray(0, 2)],
    ['more bytes', new Uint8Array([...one.bytes, 0])],
    ['no bytes', new Uint8Array()],
  ])('returns nothing for %s and drops the frame', (_, bytes) => {
    const cache = create();
    cache.hold(one.bytes, one.frame);
    expect(cache.take(bytes)).toBeUndefined();
    expect(cache.take(one.bytes)).toBeUndefined();
  });

  it('stores only the latest frame', () => {
    const cache = create();
    cache.hold(one.bytes, one.frame);
    cache.hold(other.bytes, other.frame);
    expect(cache.take(other.bytes)).toBe(other.frame);
    expect(cache.take(one.bytes)).toBeUndefined();
  });

  it('is not affected when the memory of a message is reused', () => {
    const cache = create();
    const bytes = one.bytes.slice();
    cache.hold(bytes, one.frame);
    bytes.set(other.bytes);
    expect(cache.take(bytes)).toBeUndefined();
  });

  it('drops the frame on request and after a time limit', async () => {
    const clock = new FakeClock();
    const cache = create(clock);
    cache.hold(one.bytes, one.frame);
    cache.drop();
    expect(cache.take(one.bytes)).toBeUndefined();
    cache.hold(one.bytes, one.frame);
    await clock.advance(LONG_MS);
    expect(cache.take(one.bytes)).toBeUndefined();
  });

  it('restarts the time limit for each frame', async () => {
    const clock = new FakeClock();
    const cache = create(clock);
    cache.hold(one.bytes, one.frame);
    await clock.advance(1_500);
    cache.hold(other.bytes, other.frame);
    await clock.advance(1_500);
    expect(cache.take(other.bytes)).toBe(other.frame);
  });
});
