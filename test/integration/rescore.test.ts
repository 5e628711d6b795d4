import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Classification } from '../../src/classifier/port.ts';
import { Rescorer } from '../../src/follow-up/rescorer.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { ErrorBody, SessionDetail } from '../../src/protocol/http.ts';
import type { LesionHistory } from '../../src/protocol/lesion.ts';
import type { SessionView } from '../../src/protocol/view.ts';
import { exportOf } from '../../src/reports/sessions/export.ts';
import { EncryptedImageStore } from '../../src/retention/encrypted-image-store.ts';
import { SqliteStore } from '../../src/store/sqlite-store.ts';
import type { SessionRecord } from '../../src/store/port.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { classification, FAKE_MODEL, FakeClassifier, MELANOMA, NAEVUS } from '../fakes/classifier.ts';
import { FakeClock } from '../fakes/clock.ts';
import { JPEG, TestServer } from '../fakes/server-parts.ts';
import { RealLog } from '../support/real-log.ts';

/** The state of the kiosk, which the test sets. */
class Sessions {
  readonly #changes = new Emitter<SessionView>();
  #view: SessionView = { state: 'ready' };

  session(): SessionView {
    return this.#view;
  }

  onChange(listener: (view: SessionView) => void): () => void {
    return this.#changes.on(listener);
  }

  become(view: SessionView): void {
    this.#view = view;
    this.#changes.emit(view);
  }
}

const LATER = { ...FAKE_MODEL.identity, version: '2.0.0', sha256: 'd'.repeat(64) };

const CAPTURING: SessionView = { state: 'capturing', id: 'next', number: 9, source: 'camera' };

let log: RealLog;
let images: EncryptedImageStore;
let classifier: FakeClassifier;
let sessions: Sessions;
let kiosk: TestServer;

beforeEach(async () => {
  log = await RealLog.open();
  images = new EncryptedImageStore({
    ...{ dir: join(log.dir, 'pictures'), keyFile: join(log.dir, 'pictures.key'), store: log.store },
    ...{ policy: { mode: 'ask', days: 90 }, clock: new FakeClock(), log: silentLogger },
  });
  await images.start();
  classifier = new FakeClassifier({ state: 'ready', model: { ...FAKE_MODEL, identity: LATER } });
  sessions = new Sessions();
  const rescorer = new Rescorer({ store: log.store, images, classifier, session: sessions });
  kiosk = await TestServer.start({ store: log.store, images, rescorer });
});

afterEach(async () => {
  await kiosk.server.stop();
  await images.stop();
  await log.dispose();
});

async function addCapture(id: string, record: SessionRecord = RECORDS.result(id)): Promise<void> {
  log.store.openSession({ id, source: 'camera' });
  log.store.closeSession(record);
  await images.keep(id, { picture: { bytes: JPEG, contentType: 'image/jpeg' } }, 'consent');
}

/** What the later model says. */
function byLater(logits: readonly number[]): Classification {
  return { ...classification(logits), model: LATER };
}

async function rescore(id: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const { status, text } = await kiosk.ask(`/api/sessions/${id}/rescore`, { method: 'POST' });
  return { status, body: JSON.parse(text) as unknown };
}

async function refusal(id: string): Promise<readonly [number, string]> {
  const { status, body } = await rescore(id);
  return [status, (body as ErrorBody).error.code];
}

describe('a stored image scored again', () => {
  it('has the number of the current model beside the session’s own, which is not changed', async () => {
    await addCapture('a');
    const { openedAt, journal, ...before } = log.store.get('a')!;
    classifier.willClassify(byLater(MELANOMA));
    const { status, body } = await rescore('a');
    expect(status).toBe(201);
    const detail = body as SessionDetail;
    expect(detail).toMatchObject({ ...before, openedAt });
    expect(detail.rescored).toMatchObject({ outcome: 'result', model: LATER });
    expect(detail.rescored).not.toMatchObject({ malignancy: detail.malignancy });
    expect(detail.journal.map(({ kind }) => kind)).toEqual([
      ...journal.map(({ kind }) => kind),
      'session-rescored',
    ]);
    expect(Buffer.from(classifier.calls[0]!.pictures[0]!)).toEqual(JPEG);
    expect(log.store.verify()).toMatchObject({ intact: true });
  });

  it('may be withheld, or need another image, by the current model: then it has no number', async () => {
    await addCapture('withheld');
    await addCapture('blurred');
    const scored = byLater(MELANOMA);
    classifier.willClassify(
      { ...scored, verdict: { outcome: 'withheld', reason: 'unsure' } },
      { ...scored, verdict: { outcome: 'unfit', reason: 'lesion-blurred' } },
    );
    for (const [id, outcome] of [
      ['withheld', 'withheld'],
      ['blurred', 'retake'],
    ] as const) {
      const { rescored } = (await rescore(id)).body as SessionDetail;
      expect(rescored).toMatchObject({ outcome });
      expect(rescored).not.toHaveProperty('malignancy');
    }
    expect(log.store.verify()).toMatchObject({ intact: true });
  });

  it('stays withheld if it was contraindicated', async () => {
    const record = { ...RECORDS.withheld('a'), reason: 'contra-indicated' } as SessionRecord;
    await addCapture('a', record);
    classifier.willClassify(byLater(MELANOMA));
    const { rescored } = (await rescore('a')).body as SessionDetail;
    expect(rescored).toMatchObject({ outcome: 'withheld', reason: 'contra-indicated' });
    expect(JSON.stringify(log.store.get('a')!.journal)).not.toContain('malignancy');
  });

  it('is in the history of its lesion, and in the export beside the original', async () => {
    const patient = log.store.context.patient('A-1');
    const lesion = log.store.context.addLesion(patient.id, {
      ...{ site: 'chest-left', label: '1', contraIndications: [] },
    });
    log.store.openSession({ id: 'a', source: 'camera', patient: patient.id, lesion: lesion.id });
    log.store.closeSession(RECORDS.result('a'));
    await images.keep('a', { picture: { bytes: JPEG, contentType: 'image/jpeg' } }, 'consent');
    classifier.willClassify(byLater(MELANOMA));
    const { rescored } = (await rescore('a')).body as SessionDetail;
    const { text } = await kiosk.ask(`/api/lesions/${lesion.id}/captures`);
    const [capture] = (JSON.parse(text) as LesionHistory).captures;
    expect(capture).toMatchObject({ malignancy: 0.5, rescored: { model: 'example 2.0.0' } });
    let exported = '';
    for await (const page of exportOf(log.store, {}, { format: 'json', references: false })) exported += page;
    const [row] = JSON.parse(exported) as Record<string, unknown>[];
    expect(row).toMatchObject({
      ...{ malignancy: 0.5, rescored_outcome: 'result', rescored_model_version: '2.0.0' },
      rescored_malignancy: rescored?.outcome === 'result' ? rescored.malignancy : undefined,
    });
  });

  it('gives way to a press: nothing is recorded', async () => {
    await addCapture('a');
    const release = classifier.hold('classify');
    const answer = refusal('a');
    await expect.poll(() => classifier.calls.length).toBe(1);
    sessions.become(CAPTURING);
    expect(await answer).toEqual([409, 'session/busy']);
    // Nor does it begin during a session.
    expect(await refusal('a')).toEqual([409, 'session/busy']);
    expect(classifier.calls).toHaveLength(1);
    release();
    sessions.become({ state: 'ready' });
    expect(log.store.get('a')).not.toHaveProperty('rescored');
    classifier.willClassify(byLater(NAEVUS));
    expect((await rescore('a')).status).toBe(201);
  });

  it('is refused without an image, without a result, and if it is of this model already', async () => {
    await addCapture('a');
    await addCapture('gone');
    await images.remove('gone', 'withdrawn');
    log.store.openSession({ id: 'retake', source: 'camera' });
    log.store.closeSession(RECORDS.retake('retake'));
    expect(await refusal('gone')).toEqual([404, 'session/picture-gone']);
    expect(await refusal('retake')).toEqual([409, 'session/not-assessable']);
    expect(await refusal('unheard-of')).toEqual([404, 'session/unknown']);
    classifier.willClassify(byLater(NAEVUS));
    expect((await rescore('a')).status).toBe(201);
    expect(await refusal('a')).toEqual([409, 'rescore/same-model']);
  });
});

it('a changed number of a later model is found in the journal', async () => {
  await addCapture('a');
  await rescore('a');
  await log.store.stop();
  const database = new Database(join(log.dir, 'kiosk.sqlite'));
  database.exec(
    "DROP TRIGGER rescores_no_update; UPDATE rescores SET malignancy = 0.01 WHERE session_id = 'a'",
  );
  database.close();
  const reopened = new SqliteStore({
    ...{ dir: log.dir, clock: log.clock, log: silentLogger },
    bootId: 'again',
  });
  await reopened.start();
  const verified = reopened.verify();
  await reopened.stop();
  expect(verified).toMatchObject({ intact: false });
  expect('problem' in verified && verified.problem).toMatch(/^the rescored result \d+ differs/);
});
