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

describe('the frame that is held for classification', () => {
  it('is known by its bytes, from whichever message they come', () => {
    const held = create();
    held.hold(one.bytes, one.frame);
    expect(held.take(one.bytes.slice())).toBe(one.frame);
  });

  it('is given once', () => {
    const held = create();
    held.hold(one.bytes, one.frame);
    held.take(one.bytes);
    expect(held.take(one.bytes)).toBeUndefined();
  });

  it.each([
    ['other bytes', other.bytes],
    ['fewer bytes', one.bytes.subarray(0, 2)],
    ['more bytes', new Uint8Array([...one.bytes, 0])],
    ['none', new Uint8Array()],
  ])('is not given for %s, and let go', (_, bytes) => {
    const held = create();
    held.hold(one.bytes, one.frame);
    expect(held.take(bytes)).toBeUndefined();
    expect(held.take(one.bytes)).toBeUndefined();
  });

  it('is the last one: a later frame takes its place', () => {
    const held = create();
    held.hold(one.bytes, one.frame);
    held.hold(other.bytes, other.frame);
    expect(held.take(other.bytes)).toBe(other.frame);
    expect(held.take(one.bytes)).toBeUndefined();
  });

  it('is not confused by a message whose memory is used again', () => {
    const held = create();
    const bytes = one.bytes.slice();
    held.hold(bytes, one.frame);
    bytes.set(other.bytes);
    expect(held.take(bytes)).toBeUndefined();
  });

  it('is released when a new burst drops it, and after a time limit', async () => {
    const clock = new FakeClock();
    const held = create(clock);
    held.hold(one.bytes, one.frame);
    held.drop();
    expect(held.take(one.bytes)).toBeUndefined();
    held.hold(one.bytes, one.frame);
    await clock.advance(LONG_MS);
    expect(held.take(one.bytes)).toBeUndefined();
  });

  it('has its own time, not what is left of the one before', async () => {
    const clock = new FakeClock();
    const held = create(clock);
    held.hold(one.bytes, one.frame);
    await clock.advance(1_500);
    held.hold(other.bytes, other.frame);
    await clock.advance(1_500);
    expect(held.take(other.bytes)).toBe(other.frame);
  });
});
