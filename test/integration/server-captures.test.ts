import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KioskError } from '../../src/lib/errors.ts';
import type { CaptureAnswer, ErrorBody } from '../../src/protocol/http.ts';
import { FAULTS, type FaultCode, GATE_REASONS } from '../../src/protocol/reasons.ts';
import { faultIn, faultOf, JPEG, PICTURE_ID, PNG, SHOWING, TestServer } from '../fakes/server-parts.ts';
import { until } from '../support/until.ts';

const LIMIT = 2_000;
const BOUNDARY = 'boundary';
const PART_HEAD =
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n` +
  'content-type: image/jpeg\r\n\r\n';
const FORM_TYPE = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

let kiosk: TestServer;

beforeEach(async () => {
  kiosk = await TestServer.start({ uploadMaxBytes: LIMIT });
});

afterEach(async () => {
  await kiosk.server.stop();
});

/** An image of exactly so many bytes. */
const sized = (bytes: number): Buffer => Buffer.concat([JPEG, Buffer.alloc(bytes)]).subarray(0, bytes);

describe('an uploaded image', () => {
  it.each([
    ['image/jpeg', JPEG],
    ['image/png', PNG],
  ] as const)(
    'of type %s is handled like a press, and the reply is its result',
    async (contentType, file) => {
      await kiosk.clock.advance(99);
      const response = await kiosk.upload(file, { name: '../../etc/passwd' });
      expect(response.status).toBe(200);
      expect((await response.json()) as CaptureAnswer).toEqual({
        id: PICTURE_ID,
        number: 7,
        outcome: 'result',
        result: SHOWING.result,
      });
      const [request] = kiosk.session.requests;
      expect(request).toMatchObject({ source: 'upload', at: 99, picture: { contentType } });
      if (request?.source !== 'upload') throw new Error('no upload');
      expect(Buffer.from(request.picture.bytes).equals(file)).toBe(true);
    },
  );

  it('returns no score if the model withholds it', async () => {
    const model = SHOWING.result.model;
    kiosk.session.ending = { ...SHOWING, result: { outcome: 'withheld', reason: 'unsure', model } };
    expect(await (await kiosk.upload(JPEG)).json()).toMatchObject({
      outcome: 'withheld',
      result: { reason: 'unsure' },
    });
  });

  it('returns reason and cure if the gate rejects it', async () => {
    kiosk.session.ending = {
      state: 'retake',
      reason: 'too-dark',
      picture: `/api/sessions/${PICTURE_ID}/picture`,
      id: PICTURE_ID,
      number: 8,
      source: 'upload',
    };
    const response = await kiosk.upload(JPEG);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      id: PICTURE_ID,
      number: 8,
      outcome: 'retake',
      reason: 'too-dark',
      ...GATE_REASONS['too-dark'],
    });
  });

  it('may have exactly the maximum number of bytes', async () => {
    expect((await kiosk.upload(sized(LIMIT))).status).toBe(200);
  });

  it('may be accompanied by a few other fields', async () => {
    const form = new FormData();
    form.append('note', 'left forearm');
    form.append('file', new File([JPEG], 'a.jpg'));
    expect((await kiosk.send(form)).status).toBe(200);
  });
});

describe('a session that ends in a fault', () => {
  const statuses: [FaultCode, number][] = [
    ['picture/unsupported', 415],
    ['picture/broken', 422],
    ['picture/too-many-pixels', 422],
    ['camera/lost', 503],
    ['model/none', 503],
    ['inference/died', 503],
    ['inference/timeout', 503],
    ['store/full', 503],
  ];

  it.each(statuses)('with %s returns %i and its message', async (code, status) => {
    kiosk.session.ending = { state: 'fault', code, id: PICTURE_ID, source: 'upload' };
    const response = await kiosk.upload(JPEG);
    expect(response.status).toBe(status);
    expect((await response.json()) as ErrorBody).toEqual({ error: { code, ...FAULTS[code] } });
  });

  it('because another one is in progress returns 409', async () => {
    kiosk.session.failure = new KioskError('session/busy', 'busy');
    expect(await faultOf(await kiosk.upload(JPEG))).toEqual({ status: 409, code: 'session/busy' });
  });
});

describe('an invalid upload', () => {
  afterEach(() => {
    expect(kiosk.session.requests).toEqual([]);
  });

  it.each([
    ['text', 'This is a text file.\n'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a GIF', 'GIF89a\u0001'],
    ['half a signature', '\u0089PNG'],
  ])('of %s named .jpg is rejected by its signature', async (_, text) => {
    const response = await kiosk.upload(Buffer.from(text, 'latin1'));
    expect(await faultOf(response)).toEqual({ status: 415, code: 'picture/unsupported' });
  });

  it('without bytes is reported as empty', async () => {
    expect(await faultOf(await kiosk.upload(Buffer.alloc(0)))).toEqual({
      status: 400,
      code: 'picture/empty',
    });
  });

  it('that is one byte too large is rejected, whether its length is declared or not', async () => {
    const expected = { status: 413, code: 'picture/too-large' };
    expect(await faultOf(await kiosk.upload(sized(LIMIT + 1)))).toEqual(expected);
    expect(await faultOf(await kiosk.upload(sized(LIMIT + 500_000)))).toEqual(expected);
    const answer = await streamed(PART_HEAD, sized(LIMIT + 500_000), `\r\n--${BOUNDARY}--\r\n`);
    expect([answer.status, faultIn(answer.text)]).toEqual([413, 'picture/too-large']);
  });

  it('of two files in one form is rejected, and the cure says why', async () => {
    const form = new FormData();
    form.append('file', new File([JPEG], 'a.jpg'));
    form.append('file', new File([JPEG], 'b.jpg'));
    const response = await kiosk.send(form);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: 'request/invalid', cure: 'Send one image at a time.' },
    });
  });

  it('that is too large is reported with the limit of the settings', async () => {
    const response = await kiosk.upload(sized(LIMIT + 1));
    const { error } = (await response.json()) as ErrorBody;
    expect(error.cure).toContain(`${LIMIT / 1_000_000} MB`);
  });

  it('without a file, with the wrong field or with a field that is not a file is reported as missing', async () => {
    const forms: Record<string, (form: FormData) => void> = {
      'no file chosen': (form) => {
        form.append('file', new File([], '', { type: 'application/octet-stream' }));
      },
      'wrong field': (form) => {
        form.append('photo', new File([JPEG], 'a.jpg'));
      },
      'a text field': (form) => {
        form.append('file', 'lesion.jpg');
      },
    };
    for (const [name, fill] of Object.entries(forms)) {
      const form = new FormData();
      fill(form);
      const fault = await faultOf(await kiosk.send(form));
      expect({ name, ...fault }).toEqual({ name, status: 400, code: 'picture/missing' });
    }
    const empty = await kiosk.ask('/api/captures', {
      method: 'POST',
      headers: FORM_TYPE,
      body: `--${BOUNDARY}--\r\n`,
    });
    expect([empty.status, faultIn(empty.text)]).toEqual([400, 'picture/missing']);
  });

  it.each([
    'application/octet-stream',
    'image/jpeg',
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'multipart/mixed; boundary=x',
  ])('with a body of type %s is rejected with the cure', async (type) => {
    const headers = { 'content-type': type };
    const answer = await kiosk.ask('/api/captures', { method: 'POST', headers, body: JPEG });
    const { error } = JSON.parse(answer.text) as ErrorBody;
    expect(answer.status).toBe(415);
    expect(error.code).toBe('request/invalid');
    expect(error.cure).toContain('“file”');
  });

  it.each([
    ['that is truncated', `${PART_HEAD}half`],
    ['with another boundary', '--other\r\n\r\n'],
    ['with an invalid part header', `--${BOUNDARY}\r\nnonsense`],
    [
      'with a field named like the prototype',
      PART_HEAD.replace('"file"', '"__proto__"') + `x\r\n--${BOUNDARY}--\r\n`,
    ],
    [
      'with a hundred fields',
      `${PART_HEAD.replace('; filename="a.jpg"', '')}x\r\n`.repeat(100) + `--${BOUNDARY}--\r\n`,
    ],
  ])('with a form %s is rejected', async (_, body) => {
    const answer = await kiosk.ask('/api/captures', { method: 'POST', headers: FORM_TYPE, body });
    expect([answer.status, faultIn(answer.text)]).toEqual([400, 'request/invalid']);
    expect((await kiosk.ask('/health/live')).status).toBe(200);
  });
});

describe('uploads that never end', () => {
  it('are limited to two at a time, and release their slot when they are aborted', async () => {
    const slow = [openUpload(), openUpload()];
    await Promise.all(slow.map((request) => once(request, 'socket')));
    // Both have arrived once a third one is rejected.
    let third: FaultCode | 200 = 200;
    await until('the third upload is refused', async () => (third = await faultOrStatus()) !== 200);
    expect(third).toBe('session/busy');
    for (const request of slow) request.destroy();
    await until('an upload is taken again', async () => (await faultOrStatus()) === 200);
  });

  async function faultOrStatus(): Promise<FaultCode | 200> {
    await kiosk.clock.advance(1000);
    const response = await kiosk.upload(JPEG);
    return response.status === 200 ? 200 : (await faultOf(response)).code;
  }
});

/** A form of which only the beginning is sent. */
function openUpload() {
  const { port } = kiosk;
  const request = httpRequest({
    port,
    path: '/api/captures',
    method: 'POST',
    headers: FORM_TYPE,
    agent: false,
  });
  request.on('error', () => {});
  request.write(`${PART_HEAD}\u00ff`);
  return request;
}

/** Sends chunks without a declared length. */
async function streamed(...chunks: (string | Buffer)[]): Promise<{ status: number; text: string }> {
  const { port } = kiosk;
  const request = httpRequest({ port, path: '/api/captures', method: 'POST', headers: FORM_TYPE });
  for (const chunk of chunks) request.write(chunk);
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response as AsyncIterable<Buffer>) parts.push(part);
  return { status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() };
}
