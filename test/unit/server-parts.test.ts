import { describe, expect, it } from 'vitest';
import { KioskError } from '../../src/lib/errors.ts';
import { FAULTS } from '../../src/protocol/reasons.ts';
import { imageTypeOf } from '../../src/lib/image-signature.ts';
import { PreviewFeed, RECEIPT_LIMIT_MS } from '../../src/server/preview-feed.ts';
import { bodyOf, HttpError, httpErrorFrom } from '../../src/server/http-error.ts';
import { TokenBucket } from '../../src/server/token-bucket.ts';
import { FakeClock } from '../fakes/clock.ts';

describe('the type of a picture', () => {
  it('is recognised by the first bytes alone', () => {
    expect(imageTypeOf(Uint8Array.of(0xff, 0xd8, 0xff))).toBe('image/jpeg');
    expect(imageTypeOf(Buffer.from('89504e470d0a1a0a00', 'hex'))).toBe('image/png');
  });

  it.each(['', 'ffd8', '89504e470d0a1a', '47494638396101', '3c737667', '52494646000000005745425050'])(
    'is none for %s',
    (hex) => {
      expect(imageTypeOf(Buffer.from(hex, 'hex'))).toBeUndefined();
    },
  );
});

describe('what is said about an error', () => {
  it('is the fault’s own words, with a status that fits', () => {
    const refusal = httpErrorFrom(new KioskError('picture/broken', 'VipsJpeg: premature end in /srv/secret'));
    expect(refusal.status).toBe(422);
    expect(bodyOf(refusal)).toEqual({ error: { code: 'picture/broken', ...FAULTS['picture/broken'] } });
  });

  it('never is the message of an error that is not ours', () => {
    for (const error of [new Error('secret'), 'secret', new KioskError('store/newer', 'secret'), null]) {
      const refusal = httpErrorFrom(error);
      expect(refusal.status).toBe(500);
      expect(JSON.stringify(bodyOf(refusal))).not.toContain('secret');
    }
  });

  it('keeps the status of what the HTTP parser refused, but never one that is no refusal', () => {
    expect(httpErrorFrom(Object.assign(new Error(), { statusCode: 413 }))).toMatchObject({
      fault: 'request/invalid',
      status: 413,
    });
    for (const statusCode of [200, 302, 500, 'x']) {
      expect(httpErrorFrom(Object.assign(new Error(), { statusCode })).status).toBe(500);
    }
  });

  it('may carry another status and cure where the fault’s own do not fit', () => {
    expect(new HttpError('request/invalid', { status: 415, cure: 'Send a form.' })).toMatchObject({
      status: 415,
      cure: 'Send a form.',
      message: FAULTS['request/invalid'].message,
    });
  });
});

describe('a bucket of tokens', () => {
  it('gives a burst, then no more than its rate', async () => {
    const clock = new FakeClock();
    const bucket = new TokenBucket({ burst: 3, perSecond: 2, clock });
    const take = (times: number): boolean[] => Array.from({ length: times }, () => bucket.take());
    expect(take(4)).toEqual([true, true, true, false]);
    await clock.advance(500);
    expect(take(2)).toEqual([true, false]);
    await clock.advance(60_000);
    expect(take(4)).toEqual([true, true, true, false]);
  });
});

describe('the preview of one screen', () => {
  function feedOf() {
    const clock = new FakeClock();
    const sent: number[] = [];
    const receipts: (() => void)[] = [];
    const feed = new PreviewFeed({
      clock,
      send: (jpeg, received) => {
        sent.push(jpeg[0]!);
        receipts.push(received);
      },
    });
    return { clock, feed, sent, receipts };
  }
  const frame = (byte: number): Uint8Array => Uint8Array.of(byte);

  it('is off until it is asked for, and after it was switched off', () => {
    const { feed, sent, receipts } = feedOf();
    feed.offer(frame(1));
    feed.switch(true);
    feed.offer(frame(2));
    feed.offer(frame(3));
    feed.switch(false);
    receipts[0]!();
    feed.offer(frame(4));
    expect(sent).toEqual([2]);
  });

  it('has one frame on its way, and then sends the newest there is', () => {
    const { feed, sent, receipts } = feedOf();
    feed.switch(true);
    for (const byte of [1, 2, 3, 4]) feed.offer(frame(byte));
    expect(sent).toEqual([1]);
    receipts[0]!();
    expect(sent).toEqual([1, 4]);
    receipts[1]!();
    expect(sent).toEqual([1, 4]);
    feed.offer(frame(5));
    expect(sent).toEqual([1, 4, 5]);
  });

  it('goes on without a receipt after its limit, and takes the late one for nothing', async () => {
    const { clock, feed, sent, receipts } = feedOf();
    feed.switch(true);
    feed.offer(frame(1));
    feed.offer(frame(2));
    await clock.advance(RECEIPT_LIMIT_MS - 1);
    expect(sent).toEqual([1]);
    await clock.advance(1);
    expect(sent).toEqual([1, 2]);
    feed.offer(frame(3));
    receipts[0]!();
    receipts[0]!();
    expect(sent).toEqual([1, 2]);
    receipts[1]!();
    expect(sent).toEqual([1, 2, 3]);
  });

  it('sends nothing after it was stopped', async () => {
    const { clock, feed, sent } = feedOf();
    feed.switch(true);
    feed.offer(frame(1));
    feed.offer(frame(2));
    feed.stop();
    feed.offer(frame(3));
    await clock.advance(RECEIPT_LIMIT_MS * 2);
    expect(sent).toEqual([1]);
  });
});
