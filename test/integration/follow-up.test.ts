import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CurrentPatient } from '../../src/patient/current-patient.ts';
import { Comparer } from '../../src/follow-up/comparer.ts';
import { codeOf } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { ErrorBody } from '../../src/protocol/http.ts';
import type { ComparisonView, LesionHistory } from '../../src/protocol/lesion.ts';
import { EncryptedImageStore } from '../../src/retention/encrypted-image-store.ts';
import type { ImageWithMask } from '../../src/retention/port.ts';
import { encode } from '../../src/vision/jpeg.ts';
import { degreesOf, similarityOf, type Similarity } from '../../src/vision/similarity.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { FakeClock } from '../fakes/clock.ts';
import { DrawnLesion, shown } from '../support/drawn-lesion.ts';
import { RealLog } from '../support/real-log.ts';
import { PICTURE_ID, TestServer } from '../fakes/server-parts.ts';

const SITE = { site: 'chest-left', contraIndications: [] } as const;

let log: RealLog;
let images: EncryptedImageStore;
let context: CurrentPatient;
let kiosk: TestServer;

beforeEach(async () => {
  log = await RealLog.open();
  images = new EncryptedImageStore({
    ...{ dir: join(log.dir, 'pictures'), keyFile: join(log.dir, 'pictures.key'), store: log.store },
    ...{ policy: { mode: 'ask', days: 90 }, clock: new FakeClock(), log: silentLogger },
  });
  await images.start();
  context = new CurrentPatient({
    ...{ store: log.store, pattern: '[A-Z]-[0-9]', contraIndicated: 'flag' },
    ...{ askNext: true, log: silentLogger },
    session: () => ({
      session: () => ({ state: 'ready' }),
      leave: () => undefined,
      onChange: () => () => undefined,
    }),
  });
  kiosk = await TestServer.start({ store: log.store, images, context, comparer: new Comparer() });
});

afterEach(async () => {
  await kiosk.server.stop();
  await images.stop();
  await log.dispose();
});

/** Adds a lesion of a patient and selects it: the sessions that follow are about it. */
function choose(reference: string, label: string): string {
  context.change({ type: 'reference', reference });
  context.change({ type: 'new-lesion', reference, label, ...SITE });
  return context.current()!.lesion!.id;
}

function addSession(id: string, kind: 'result' | 'withheld' | 'retake' = 'result'): void {
  log.store.openSession({ id, source: 'camera', ...context.subject() });
  log.store.closeSession(RECORDS[kind](id));
}

async function imageWithMask(lesion: DrawnLesion, to: Similarity): Promise<ImageWithMask> {
  const { image, mask, side } = shown(lesion, to);
  return {
    picture: { bytes: await encode(image, 95), contentType: 'image/jpeg' },
    mask: { side, values: [...mask].map((value) => Math.round(255 * value)) },
  };
}

async function addStoredCapture(
  id: string,
  lesion = new DrawnLesion(),
  to = similarityOf(0, 1),
): Promise<void> {
  addSession(id);
  await images.keep(id, await imageWithMask(lesion, to), 'consent');
}

async function history(lesion: string): Promise<LesionHistory['captures']> {
  const { text } = await kiosk.ask(`/api/lesions/${lesion}/captures`);
  return (JSON.parse(text) as LesionHistory).captures;
}

async function compared(one: string, other: string): Promise<ComparisonView> {
  const { status, text } = await kiosk.ask(`/api/sessions/${one}/comparison/${other}`);
  expect(status, text).toBe(200);
  return JSON.parse(text) as ComparisonView;
}

async function rejection(one: string, other: string): Promise<readonly [number, string]> {
  const { status, text } = await kiosk.ask(`/api/sessions/${one}/comparison/${other}`);
  return [status, (JSON.parse(text) as ErrorBody).error.code];
}

describe('the history of a lesion', () => {
  it('names the histology of a capture, and that of no other', async () => {
    const lesion = choose('A-1', '1');
    addSession('excised');
    addSession('followed');
    log.store.addReview('excised', { kind: 'histology', value: 'mel' });
    expect((await history(lesion)).map(({ histology }) => histology)).toEqual(['mel', undefined]);
  });

  it('lists its results only, oldest first, without retakes and discarded ones', async () => {
    const naevus = choose('A-1', 'one');
    await addStoredCapture('first');
    addSession('blurred', 'retake');
    addSession('bad');
    log.store.addDisposition('bad', 'discarded');
    addSession('withheld', 'withheld');
    const other = choose('A-1', 'two');
    addSession('of another');
    expect(await history(naevus)).toMatchObject([
      { id: 'first', outcome: 'result', malignancy: 0.5, statement: 'above', pictured: true },
      { id: 'withheld', outcome: 'withheld', reason: 'not-a-lesion', pictured: false },
    ]);
    expect((await history(other)).map(({ id }) => id)).toEqual(['of another']);
    expect((await history(naevus))[1]).not.toHaveProperty('malignancy');
    expect(await history('unheard-of')).toEqual([]);
  });
});

describe('two captures of a lesion', () => {
  it('are registered from the stored images, with what has changed', async () => {
    choose('A-1', 'one');
    await addStoredCapture('before');
    await addStoredCapture('after', new DrawnLesion({ growth: 1.2 }), similarityOf(70, 0.9));
    const { registration, change, refused, outlines } = await compared('before', 'after');
    expect(refused).toBeUndefined();
    expect(Math.abs(degreesOf(registration!) + 70)).toBeLessThan(1);
    expect(change!.area.low).toBeLessThan(44);
    expect(change!.area.high).toBeGreaterThan(44);
    expect(change!.area.low).toBeGreaterThan(0);
    expect(change!.scaleBy).toBe('registration');
    expect(outlines.map((outline) => outline.length > 8)).toEqual([true, true]);
  });

  it('may be the one on the screen and a stored one', async () => {
    choose('A-1', 'one');
    await addStoredCapture('before');
    addSession(PICTURE_ID);
    expect((await history(context.current()!.lesion!.id)).map(({ pictured }) => pictured)).toEqual([
      true,
      false,
    ]);
    kiosk.session.held = (await imageWithMask(new DrawnLesion(), similarityOf(5, 1))).picture;
    expect((await history(context.current()!.lesion!.id)).at(-1)).toMatchObject({ pictured: true });
    // The image on the screen has no mask, so there is nothing to register.
    expect(await compared('before', PICTURE_ID)).toMatchObject({ refused: 'no-lesion', outlines: [{}, []] });
  });

  it('are rejected with a reason, and not registered, if they have no landmarks in common', async () => {
    choose('A-1', 'one');
    await addStoredCapture('before');
    await addStoredCapture('strange', new DrawnLesion({ seed: 5 }));
    const answer = await compared('before', 'strange');
    expect(answer).toMatchObject({ refused: 'not-registered' });
    expect(answer).not.toHaveProperty('registration');
    expect(answer).not.toHaveProperty('change');
  });

  it('cannot be of two lesions, of two patients or anonymous', async () => {
    choose('A-1', 'one');
    await addStoredCapture('of one');
    choose('A-1', 'two');
    await addStoredCapture('of two');
    choose('B-2', 'one');
    await addStoredCapture('of another patient');
    context.change({ type: 'clear' });
    await addStoredCapture('of nobody');
    await addStoredCapture('of nobody either');
    for (const [one, other] of [
      ['of one', 'of two'],
      ['of one', 'of another patient'],
      ['of another patient', 'of nobody'],
      ['of nobody', 'of nobody either'],
    ] as const)
      expect(await rejection(encodeURIComponent(one), encodeURIComponent(other))).toEqual([
        409,
        'comparison/other-lesion',
      ]);
    expect(await rejection('of%20one', 'unheard-of')).toEqual([404, 'session/unknown']);
  });

  it('cannot be compared once an image is deleted', async () => {
    choose('A-1', 'one');
    await addStoredCapture('before');
    await addStoredCapture('after');
    await images.remove('before', 'withdrawn');
    expect(await rejection('before', 'after')).toEqual([404, 'session/picture-gone']);
    expect(await history(context.current()!.lesion!.id)).toMatchObject([
      { id: 'before', pictured: false },
      { id: 'after', pictured: true },
    ]);
  });
});

describe('the comparison worker', () => {
  const nothing = { picture: { bytes: new Uint8Array(), contentType: 'image/jpeg' } } as const;

  it.each([
    ['fails', 'throw new Error("no memory")', 5_000],
    ['exits without a reply', 'process.exit(0)', 5_000],
    ['never ends', 'for (;;);', 300],
  ])('that %s is reported, and the next one works', async (_name, program, limitMs) => {
    const entry = join(log.dir, 'thread.mjs');
    await writeFile(entry, program);
    const code = await new Comparer({ entry, limitMs }).compare(nothing, nothing).catch(codeOf);
    expect(code).toBe('comparison/failed');
    choose('A-1', 'one');
    await addStoredCapture('before');
    await addStoredCapture('after');
    expect(await compared('before', 'after')).toHaveProperty('change');
  });
});
