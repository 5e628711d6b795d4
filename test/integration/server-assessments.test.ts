import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorBody, SessionDetail } from '../../src/protocol/http.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { RealLog } from '../support/real-log.ts';
import { faultIn, TestServer, type RawAnswer } from '../fakes/server-parts.ts';

let log: RealLog;
let kiosk: TestServer;

beforeEach(async () => {
  log = await RealLog.open();
  kiosk = await TestServer.start({ store: log.store });
  for (const outcome of ['result', 'withheld', 'retake'] as const) {
    log.store.openSession({ id: outcome, source: 'camera' });
    log.store.closeSession(RECORDS[outcome](outcome));
  }
});

afterEach(async () => {
  await kiosk.server.stop();
  await log.dispose();
});

function review(id: string, body: unknown, headers: Record<string, string> = {}): Promise<RawAnswer> {
  return kiosk.ask(`/api/sessions/${id}/assessments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

describe('reviews over HTTP', () => {
  it.each(['result', 'withheld'])(
    'are added, changed and withdrawn for a session of outcome %s',
    async (id) => {
      const edits = [
        { kind: 'clinician', value: 'disagree', opinion: 'benign' },
        { kind: 'histology', value: 'not-excised' },
        { kind: 'clinician', value: 'agree' },
        { kind: 'histology', value: null },
      ];
      const answers: RawAnswer[] = [];
      for (const edit of edits) answers.push(await review(id, edit));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      const last = JSON.parse(answers[3]!.text) as SessionDetail;
      expect(last).toEqual(JSON.parse((await kiosk.ask(`/api/sessions/${id}`)).text));
      expect(last).toMatchObject({ clinician: 'agree', assessments: edits });
      expect(last).not.toHaveProperty('opinion');
      expect(last).not.toHaveProperty('histology');
      expect(log.store.verify()).toMatchObject({ intact: true });
    },
  );

  const wrong: [unknown, RegExp][] = [
    [{ kind: 'clinician', value: 'mel' }, /“value” must be one of agree, disagree, unsure, null\./],
    [{ kind: 'histology', value: 'agree' }, /“value” must be one of akiec, .*not-excised, null\./],
    [{ kind: 'histology', value: 'mel', opinion: 'mel' }, /“opinion” is not allowed here/],
    [{ kind: 'clinician', value: null, opinion: 'mel' }, /“opinion” is not allowed here/],
    [
      { kind: 'clinician', value: 'agree', opinion: 'a naevus' },
      /“opinion” must be one of benign, malignant/,
    ],
    [{ kind: 'clinician', value: 'agree', comment: 'Mrs Smith' }, /Unknown field “comment”/],
    [{ kind: 'gossip', value: 'agree' }, /“kind” must be one of clinician, histology/],
    [{ kind: 'clinician' }, /“value” is missing/],
    [{ value: 'agree' }, /“kind” is missing/],
    [['clinician'], /./],
  ];

  it.each(wrong)('%j is rejected, and the reply says what is wrong', async (body, cure) => {
    const before = log.store.verify();
    const { status, text } = await review('result', body);
    expect([status, faultIn(text)]).toEqual([400, 'request/invalid']);
    expect((JSON.parse(text) as ErrorBody).error.cure).toMatch(cure);
    expect(log.store.verify()).toEqual(before);
  });

  it('are a conflict for a session without a result, and 404 for an unknown session', async () => {
    const edit = { kind: 'histology', value: 'mel' };
    const refused = [await review('retake', edit), await review('nobody', edit)];
    expect(refused.map(({ status, text }) => [status, faultIn(text)])).toEqual([
      [409, 'session/not-assessable'],
      [404, 'session/unknown'],
    ]);
  });

  it('are rejected from another site’s page', async () => {
    const before = log.store.verify();
    const { status, text } = await review(
      'result',
      { kind: 'histology', value: 'mel' },
      { origin: 'http://elsewhere.example' },
    );
    expect([status, faultIn(text)]).toEqual([403, 'request/refused']);
    expect(log.store.verify()).toEqual(before);
  });
});
