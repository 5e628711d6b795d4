import { describe, expect, it } from 'vitest';
import { KioskError } from '../../src/lib/errors.ts';
import { FAULTS } from '../../src/protocol/reasons.ts';
import { imageTypeOf } from '../../src/lib/image-signature.ts';
import { PreviewFeed, RECEIPT_LIMIT_MS } from '../../src/server/preview-feed.ts';
import { bodyOf, HttpError, httpErrorFrom } from '../../src/server/http-error.ts';
import { TokenBucket } from '../../src/server/token-bucket.ts';
import { FakeClock } from '../fakes/clock.ts';

describe('the type of an image', () => {
  it('is recognised by the first bytes alone', () => {
    expect(imageTypeOf(Uint8Array.of(0xff, 0xd8, 0xff))).toBe('image/jpeg');
    expect(imageTypeOf(Buffer.from('89504e470d0a1a0a00', 'hex'))).toBe('image/png');
  });

  it.each(['', 'ffd8', '89504e470d0a1a', '47494638396101', '3c737667', '52494646000000005745425050'])(
    'is undefined for %s',
    (hex) => {
      expect(imageTypeOf(Buffer.from(hex, 'hex'))).toBeUndefined();
    },
  );
});

describe('the HTTP response to an error', () => {
  it('has the text of the fault, with a matching status', () => {
    const httpError = httpErrorFrom(
      new KioskError('picture/broken', 'VipsJpeg: premature end in /srv/secret'),
    );
    expect(httpError.status).toBe(422);
    expect(bodyOf(httpError)).toEqual({ error: { code: 'picture/broken', ...FAULTS['picture/broken'] } });
  });

  it('never contains the message of an unknown error', () => {
    for (const error of [new Error('secret'), 'secret', new KioskError('store/newer', 'secret'), null]) {
      const httpError = httpErrorFrom(error);
      expect(httpError.status).toBe(500);
      expect(JSON.stringify(bodyOf(httpError))).not.toContain('secret');
    }
  });

  it('keeps the status of a request that the HTTP parser rejected, if it is a client error', () => {
    expect(httpErrorFrom(Object.assign(new Error(), { statusCode: 413 }))).toMatchObject({
      fault: 'request/invalid',
      status: 413,
    });
    for (const statusCode of [200, 302, 500, 'x']) {
      expect(httpErrorFrom(Object.assign(new Error(), { statusCode })).status).toBe(500);
    }
  });

  it('can have a different status and cure', () => {
    expect(new HttpError('request/invalid', { status: 415, cure: 'Send a form.' })).toMatchObject({
      status: 415,
      cure: 'Send a form.',
      message: FAULTS['request/invalid'].message,
    });
  });
});

describe('a token bucket', () => {
  it('allows a burst, then only its rate', async () => {
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

  it('is off until it is switched on, and after it is switched off', () => {
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

  it('sends one frame at a time, and then the newest', () => {
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

  it('continues without a receipt after the time limit, and ignores a late one', async () => {
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

  it('sends nothing after a stop', async () => {
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
