import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, it } from 'vitest';
import type { SessionDetail, SessionPage } from '../../src/protocol/http.ts';
import type { Statistics } from '../../src/protocol/statistics.ts';
import type { View } from '../../src/protocol/view.ts';
import { KioskProcess } from '../support/kiosk-process.ts';
import { until } from '../support/until.ts';

const NUMBER = /malignancy|probabilit|statement|withheld|"result"/;

let kiosk: KioskProcess | undefined;
let screen: Socket | undefined;
let other: Socket | undefined;

afterEach(async () => {
  screen?.close();
  other?.close();
  await kiosk?.dispose();
});

it('sends the number to no screen, program or log before there is an opinion, and then to all', async () => {
  const running = (kiosk = await KioskProcess.start({
    ...{ KIOSK_BLIND_FIRST: 'true', KIOSK_OPERATOR_UNLOCK: 'off', KIOSK_RETENTION: 'ask' },
  }));
  await running.untilReady();
  screen = io(running.url, { transports: ['websocket'] });
  other = io(running.url, { transports: ['websocket'] });
  const sent: string[] = [];
  for (const each of [screen, other])
    each.onAny((event, payload) => sent.push(JSON.stringify([event, payload])));
  screen.emit('beat');
  await until('a screen that draws', async () => (await running.json('/health/screen')).status === 200);
  expect(await screen.emitWithAck('press')).toEqual({ ok: true });
  const view = async (): Promise<View> => (await running.json<View>('/api/view')).body;
  await until('the question', async () => (await view()).session.state === 'opinion');
  const { session } = await view();
  if (session.state !== 'opinion') throw new Error(session.state);
  await until('the question on both screens', () =>
    Promise.resolve(sent.filter((one) => one.includes('"opinion"')).length >= 2),
  );

  expect(sent.join('\n')).not.toMatch(NUMBER);
  expect(JSON.stringify(await view())).not.toMatch(NUMBER);
  expect((await running.json<SessionPage>('/api/sessions')).body.sessions).toEqual([]);
  expect((await running.json(`/api/sessions/${session.id}`)).status).toBe(404);
  expect((await running.json<Statistics>('/api/statistics')).body.sessions).toBe(0);
  expect(
    (await fetch(new URL('/api/sessions/export?format=json', running.url)).then((r) => r.text())).trim(),
  ).toBe('[\n]');
  expect((await fetch(new URL(session.picture, running.url))).headers.get('content-type')).toBe('image/jpeg');
  expect((await fetch(new URL(session.picture, running.url), { method: 'PUT' })).status).toBe(404);

  const opinion = { session: session.id, opinion: 'malignant' };
  expect(await other.emitWithAck('opinion', opinion)).toEqual({ ok: true });
  await until('the number on both screens', () =>
    Promise.resolve(sent.filter((one) => NUMBER.test(one)).length >= 2),
  );
  expect((await view()).session).toMatchObject({ state: 'showing', opinionBefore: 'malignant' });
  const { body } = await running.json<SessionDetail>(`/api/sessions/${session.id}`);
  expect(body.opinionBefore).toMatchObject({ opinion: 'malignant' });
  const { blind } = (await running.json<Statistics>('/api/statistics')).body;
  expect(blind.asked).toBe(body.outcome === 'result' ? 1 : 0);
  expect(await other.emitWithAck('opinion', opinion)).toMatchObject({ ok: false, code: 'request/invalid' });
}, 120_000);
