/**
 * A mock of the kiosk's service, for work on the screen only: no camera, no model, no database. It serves the built screen with
 * a stricter Content-Security-Policy than the kiosk's and shows any state on request.
 *
 *   npx vite build && node kiosk-ui/dev/mock-service.mjs [port [language]]     → http://127.0.0.1:8099
 *   GET /mock/scene/NAME   shows a state of scenes.mjs;  GET /mock/scenes lists them
 *   GET /mock/pin/none|set|wait|lock   whether a PIN is set, attempts must wait, or the log is locked; 274916 is correct
 *   GET /mock/guide/STEP|none|elsewhere   where the guide was left, or a screen that is not the kiosk's own
 *   GET /mock/language/LANGUAGE     the screen that is shown, in another language
 *   GET /mock/drive/plugged|unplugged|elsewhere   the USB drive, or a screen that is not the kiosk's own
 *   GET /mock/boot         behaves as after a restart of the service
 *
 * A press goes through capture, check and analysis to the next of a few results.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Server } from 'socket.io';
import { drawLesion } from './lesion.mjs';
import {
  ABOUT,
  CALM,
  COMPARISONS,
  CONTEXT,
  COURSES,
  detailOf,
  drivePage,
  isFound,
  logOf,
  MIXES,
  OVERVIEWS,
  overviewOf,
  EDITS,
  PATIENTS,
  resultOf,
  SCENES,
  SELF_TEST,
  showing,
  statisticsOf,
  UNLOCKED,
} from './scenes.mjs';

const DIST = new URL('../../dist/kiosk-ui/', import.meta.url);
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'";
const FRAMES = 12;

const OPERATORS = ['AB', 'Dr. Castellanos', 'M. Weber'].map((name, i) => ({
  ...{ id: `operator-${i}`, name, active: i < 2, settings: i === 1, badge: i !== 1, pin: true },
}));

const PRACTICE_STEPS = ['focus', 'hair', 'gel', 'light', 'aim'];

const FRAME_MS = 66;
const STAGE_MS = 350;
/** Resolves when the button under test is pressed. */
const BUTTON_MS = 3_000;

/** Drawn once: a picture takes a tenth of a second, and one process may start several services. */
const drawn = new Map();
const picture = (options) => {
  const key = JSON.stringify(options);
  if (!drawn.has(key)) drawn.set(key, drawLesion(options));
  return drawn.get(key);
};

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const error = (message, cure) => ({ error: { code: 'picture/unsupported', message, cure } });

/** The next view of practice. */
function practised(now, action) {
  if (action === 'begin') return { step: 'focus', cured: false, state: 'aiming' };
  if (action === 'cure') return { ...now, cured: true, state: 'aiming' };
  const step = PRACTICE_STEPS[PRACTICE_STEPS.indexOf(now?.step) + 1];
  return action === 'end' || step === undefined ? undefined : { step, cured: false, state: 'aiming' };
}

/** @param language of the screen, and `mode` of its theme */
export async function startMock(port = 0, first = 'en', mode = 'dark') {
  let language = first;
  const theme = { ...CALM.theme, mode };
  const frames = await Promise.all(
    Array.from({ length: FRAMES }, (_, i) => picture({ phase: (i / FRAMES) * 6.28 })),
  );
  const later = await picture({ phase: 1, turned: 0.4, scale: 1.12 });
  const log = logOf(23);
  let view = { revision: 1, bootId: 'boot-1', ...CALM, language, theme };
  let presses = 0;
  let pin = 'set';
  let drive = 'elsewhere';
  let guide = 'none';
  let unlockedAll = false;
  /** The sessions whose images were scored again. */
  const rescored = new Set();

  const http = createServer((request, response) => void answer(request, response));
  const io = new Server(http, { serveClient: false });
  const show = (next) => {
    // A scene has no patient unless it says so.
    view = {
      ...view,
      ...('camera' in next && {
        context: undefined,
        lastPatient: undefined,
        unassigned: undefined,
        overview: undefined,
        practice: undefined,
      }),
      ...next,
      language,
      theme,
      revision: view.revision + 1,
    };
    io.emit('view', view);
    io.emit('framing', next.framing ?? null);
  };

  async function play(source) {
    presses += 1;
    const head = { id: `press-${presses}`, number: 200 + presses, source };
    for (const state of source === 'camera'
      ? ['capturing', 'checking', 'classifying']
      : ['checking', 'classifying']) {
      show({ session: { state, ...head } });
      await wait(STAGE_MS);
    }
    const mixes = Object.values(MIXES);
    show({ session: showing(resultOf(mixes[presses % mixes.length]), head) });
    return head;
  }

  async function answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, 'http://mock');
    const send = (status, type, body) => {
      response.writeHead(status, {
        'content-type': type,
        'content-security-policy': CSP,
        'cache-control': 'no-store',
      });
      response.end(body);
    };
    const json = (body, status = 200) => {
      send(status, 'application/json', JSON.stringify(body));
    };
    if (pathname === '/mock/scenes') return json(Object.keys(SCENES));
    if (pathname === '/mock/boot') {
      view = { bootId: `boot-${Date.now()}`, revision: 0, ...CALM, language, theme };
      return json(io.emit('view', view));
    }
    if (pathname.startsWith('/mock/pin/')) {
      unlockedAll = false;
      return json((pin = pathname.slice('/mock/pin/'.length)));
    }
    if (pathname.startsWith('/mock/language/')) {
      language = pathname.slice('/mock/language/'.length);
      show({});
      return json(view);
    }
    if (pathname.startsWith('/mock/scene/')) {
      const scene = SCENES[pathname.slice('/mock/scene/'.length)];
      if (scene === undefined) return json({ unknown: pathname }, 404);
      show(scene);
      return json(view);
    }
    if (pathname === '/api/about') return json(ABOUT);
    if (pathname === '/api/self-test') return json(SELF_TEST);
    if (pathname === '/api/self-test/button') {
      await wait(BUTTON_MS);
      return json({ pressed: true, driver: 'gpiod', location: 'GPIO line 17 of pinctrl-rp1' });
    }
    if (pathname === '/api/self-test/lamp')
      return json({ blinking: true, found: 'GPIO line 27 of pinctrl-rp1 by gpiod' });
    if (pathname === '/api/exports' && request.method === 'POST')
      return json({ file: 'sessions-2026-11-26-164012.csv' }, 201);
    if (pathname === '/api/exports') return json({ folder: '/media/kiosk', references: false });
    if (pathname === '/api/statistics') return json(statisticsOf(searchParams));
    if (pathname === '/api/sessions' && pin === 'lock' && !unlockedAll)
      return json({ error: { code: 'operator/locked', message: 'Locked.', cure: 'Scan your badge.' } }, 401);
    if (pathname === '/api/sessions') {
      const before = Number(searchParams.get('before') ?? Infinity);
      const rest = log.filter((session) => session.number < before && isFound(session, searchParams));
      const sessions = rest.slice(0, Number(searchParams.get('limit')));
      return json({ sessions, ...(rest.length > sessions.length && { next: sessions.at(-1).number }) });
    }
    if (pathname.startsWith('/api/overview/')) {
      if (request.method === 'GET') return send(200, 'image/jpeg', frames[3]);
      if (request.method === 'DELETE' || pathname.endsWith('/keep')) show({ overview: undefined });
      else {
        const { id } = view.overview;
        show({ overview: overviewOf(pathname.endsWith('/again') ? 'aiming' : 'held', { id }) });
      }
      return json(view.overview ?? {});
    }
    if (pathname.startsWith('/api/drive/') && pathname.includes('/overview/')) {
      show({ overview: overviewOf('held', { id: pathname.split('/').at(-1) }) });
      return json(view.overview);
    }
    if (/^\/api\/lesions\/[^/]+\/overviews/.test(pathname)) {
      if (request.method === 'POST') {
        // Unlike that of a scene, begun on this screen.
        show({ overview: overviewOf('aiming', { id: 'begun' }) });
        return json(view.overview, 201);
      }
      if (request.method === 'GET' && pathname.split('/').length > 5)
        return send(200, 'image/jpeg', frames[pathname.length % FRAMES]);
      return json({ overviews: OVERVIEWS[pathname.split('/')[3]] ?? [] });
    }
    if (pathname.endsWith('/picture') || /^\/api\/sessions\/[^/]+\/thumbnail$/.test(pathname))
      return send(200, 'image/jpeg', pathname.includes('/later/') ? later : frames[0]);
    if (pathname.endsWith('/captures') && pathname.startsWith('/api/lesions/'))
      return json({
        model: 'lesion-pair 0.2.1',
        captures: (COURSES[pathname.split('/')[3]] ?? []).map((capture) => ({
          ...capture,
          ...(rescored.has(capture.id) && {
            rescored: {
              ...{ outcome: 'result', malignancy: 0.112, threshold: 0.153, statement: 'below' },
              model: 'lesion-pair 0.2.1',
            },
          }),
        })),
      });
    if (pathname.startsWith('/api/lesions/')) {
      const id = pathname.split('/')[3];
      const found = PATIENTS.flatMap(({ lesions }) => lesions).find(({ lesion }) => lesion.id === id);
      let { lesion, history = EDITS[id] ?? [] } = { ...found };
      if (request.method === 'PATCH') {
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        const { closed = lesion.closed, ...edit } = JSON.parse(Buffer.concat(chunks));
        lesion = { ...lesion, ...edit, closed: closed ?? undefined };
        const kind = closed === undefined ? 'renamed' : closed === null ? 'reopened' : 'closed';
        history = [{ kind, at: '2026-11-26T15:02:12Z', ...(closed && { reason: closed }) }, ...history];
      }
      return json({ lesion, history, operators: { 'operator-1': 'CK' } });
    }
    if (pathname.endsWith('/rescore')) {
      rescored.add(pathname.split('/')[3]);
      return json(detailOf(log[0]), 201);
    }
    if (pathname === '/api/patients') {
      const search = (searchParams.get('search') ?? '').toLowerCase();
      const matches = (text) => text?.toLowerCase().includes(search);
      const found = PATIENTS.filter(({ reference, earlier }) => matches(reference) || matches(earlier));
      const [from, limit] = ['from', 'limit'].map((name) => Number(searchParams.get(name)));
      const patients = found.slice(from, from + limit).map(({ id, reference, earlier, lesions, visits }) => ({
        ...{
          id,
          reference,
          lesions: lesions.length,
          sessions: visits.flatMap(({ sessions }) => sessions).length,
        },
        ...(visits.length > 0 && { lastAt: visits[0].sessions[0].openedAt }),
        ...(!matches(reference) && { formerly: earlier }),
      }));
      return json({ patients, ...(found.length > from + limit && { next: from + limit }) });
    }
    if (pathname.startsWith('/api/patients/'))
      return json({ ...PATIENTS.find(({ id }) => id === pathname.split('/')[3]), earlier: undefined });
    if (pathname.includes('/comparison/')) {
      await wait(STAGE_MS);
      return json(COMPARISONS[pathname.split('/')[3]] ?? COMPARISONS.other);
    }
    if (pathname.endsWith('/assessments')) {
      // A result on the screen is not in the log here.
      const found = log.find(({ id }) => id === pathname.split('/')[3]) ?? log[0];
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const { kind, value } = JSON.parse(Buffer.concat(chunks));
      found[kind] = value ?? undefined;
      return json(detailOf(found), 201);
    }
    if (pathname.endsWith('/assignment')) {
      const found = log.find(({ id }) => id === pathname.split('/')[3]) ?? log[0];
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const { reference, lesion } = JSON.parse(Buffer.concat(chunks));
      const chosen = CONTEXT.lesions.find(({ id }) => id === lesion);
      const context = { patient: 'patient', reference, ...(chosen && { lesion: chosen }) };
      return json({
        session: { ...detailOf(found), ...(reference !== null && { context }) },
        lesions: reference === CONTEXT.reference ? CONTEXT.lesions : [],
      });
    }
    if (pathname.startsWith('/api/sessions/')) {
      const found = log.find(({ id }) => id === pathname.slice('/api/sessions/'.length));
      return found === undefined
        ? json(error('There is no such session.', 'Look it up in the log.'), 404)
        : json(detailOf(found));
    }
    if (pathname.startsWith('/mock/drive/')) return json((drive = pathname.slice('/mock/drive/'.length)));
    if (pathname === '/api/drive') {
      if (drive === 'elsewhere') return json({ listing: null, localScreen: false });
      if (drive === 'unplugged') {
        const [message, cure] = [
          'No USB drive was found.',
          'Plug it in, wait a few seconds and search again.',
        ];
        return json({ error: { code: 'drive/no-medium', message, cure } }, 503);
      }
      return json(drivePage(0));
    }
    if (pathname === '/api/drive/mock') return json(drivePage(Number(searchParams.get('from'))));
    if (pathname.startsWith('/api/drive/') && pathname.endsWith('/capture'))
      return json(await play('upload'));
    if (pathname.startsWith('/api/drive/')) {
      const file = Number(pathname.split('/')[5]);
      // One that cannot be decoded.
      return file === 6
        ? json(error('The image is damaged or incomplete.', 'Save or send it again, or choose another.'), 422)
        : send(200, 'image/jpeg', frames[file % FRAMES]);
    }
    if (pathname === '/api/unlock') {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const waiting = {
        ...{ required: true, badges: true, badgePrefix: '', badgeWaitMs: 0, pin: true, pinWaitMs: 0 },
        operators: OPERATORS.map(({ id, name }) => ({ id, name, pin: true, waitMs: 0 })),
      };
      if (request.method === 'DELETE') {
        unlockedAll = false;
        return json({});
      }
      if (request.method === 'GET') return json(waiting);
      const credential = JSON.parse(Buffer.concat(chunks));
      if ('badge' in credential)
        return json(
          { error: { code: 'badge/unknown', message: 'Unknown badge.', cure: 'Scan it again.' } },
          403,
        );
      if (credential.pin !== '274916')
        return json({ error: { code: 'pin/wrong', message: 'Incorrect PIN.', cure: 'Try again.' } }, 403);
      unlockedAll = true;
      return json({ ...waiting, unlocked: { operator: 'technician', settings: true }, token: 'token' });
    }
    if (pathname.startsWith('/mock/guide/')) return json((guide = pathname.slice('/mock/guide/'.length)));
    if (pathname === '/api/guide') {
      if (request.method === 'POST') {
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        guide = JSON.parse(Buffer.concat(chunks)).step;
      }
      return json({
        step: guide === 'none' || guide === 'elsewhere' ? null : guide,
        localScreen: guide !== 'elsewhere',
        addresses: ['http://192.168.178.42:8080'],
        fixed: [{ setting: 'camera', variable: 'KIOSK_CAMERA' }],
      });
    }
    if (pathname === '/api/practice') {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const practice = practised(view.practice, JSON.parse(Buffer.concat(chunks)).action);
      show({ practice });
      return json({ practice: practice ?? null });
    }
    if (pathname === '/api/operators') return json({ operators: OPERATORS });
    if (pathname === '/api/captures') {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      const isPicture = body.includes(Buffer.from([0xff, 0xd8, 0xff])) || body.includes('PNG');
      if (!isPicture)
        return json(error('This is not a PNG or JPEG image.', 'Choose a PNG or JPEG image.'), 415);
      return json(await play('upload'));
    }
    try {
      const path = pathname === '/' ? 'index.html' : pathname.slice(1);
      send(200, TYPES[extname(path)] ?? 'application/octet-stream', await readFile(new URL(path, DIST)));
    } catch {
      json(error('There is nothing at this address.', 'Check the address.'), 404);
    }
  }

  io.on('connection', (screen) => {
    let on = false;
    let i = 0;
    const next = async () => {
      await wait(FRAME_MS);
      if (!screen.connected) return;
      i += 1;
      if (on && view.camera.state === 'live') screen.emit('frame', frames[i % FRAMES], () => void next());
      else void next();
    };
    screen.on('preview', (wanted) => {
      on = wanted;
      screen.emit('framing', view.framing ?? null);
    });
    for (const name of ['press', 'retake']) {
      screen.on(name, (reply) => {
        reply({ ok: true });
        if (view.overview !== undefined) show({ overview: overviewOf('held', { id: view.overview.id }) });
        else void play('camera');
      });
    }
    for (const name of ['accept', 'discard', 'dismiss']) {
      screen.on(name, (reply) => {
        reply({ ok: true });
        show({ session: CALM.session });
      });
    }
    screen.on('answer', ({ found }, reply) => {
      reply({ ok: true });
      const { id, number, source, asked } = view.session;
      const contra = { asked, found };
      show({ session: showing(resultOf(MIXES.above), { id, number, source, contra }) });
    });
    screen.on('opinion', ({ opinion }, reply) => {
      reply({ ok: true });
      const { id, number, source } = view.session;
      show({ session: showing(resultOf(MIXES.above), { id, number, source, opinionBefore: opinion }) });
    });
    let unlocked = {};
    const settings = (reply, problem) => {
      const snapshot = {
        pin: pin === 'none' ? 'none' : 'set',
        localScreen: true,
        waitMs: pin === 'wait' ? 240_000 : 0,
      };
      reply(
        problem ? { ok: false, ...problem, snapshot } : { ok: true, snapshot: { ...snapshot, ...unlocked } },
      );
    };
    screen.on('unlocked', (token, reply) => {
      unlocked = { unlocked: UNLOCKED };
      reply({ ok: true });
    });
    screen.on('settings', (reply) => settings(reply));
    screen.on('settings-lock', (reply) => {
      unlocked = {};
      settings(reply);
    });
    screen.on('settings-unlock', (typed, reply) => {
      if (typed !== '274916')
        return settings(reply, { code: 'pin/wrong', message: 'Incorrect PIN.', cure: 'Try again.' });
      unlocked = { unlocked: UNLOCKED };
      settings(reply);
    });
    screen.on('settings-pin', (typed, reply) => {
      pin = 'set';
      unlocked = { unlocked: UNLOCKED };
      settings(reply);
    });
    screen.on('settings-change', ({ setting, value }, reply) => {
      const entries = unlocked.unlocked.entries.map((entry) =>
        entry.setting === setting ? { ...entry, value, by: 'screen' } : entry,
      );
      unlocked = { unlocked: { ...UNLOCKED, entries } };
      settings(reply);
    });
    screen.on('context', (change, reply) => {
      const { context } = view;
      const { lesions = [] } = context ?? {};
      const chosen = (lesion) => ({ ...context, lesions, lesion });
      if (change.type === 'clear') show({ context: undefined, lastPatient: undefined });
      else if (change.type === 'same')
        show({ context: { ...view.lastPatient, lesion: undefined }, lastPatient: undefined });
      else if (change.type === 'scan' && context?.reference !== change.reference)
        return reply({ ok: false, code: 'reference/unknown', message: '', cure: '' });
      else if (change.type === 'correct' && change.to === 'B-20711')
        return reply({ ok: false, code: 'reference/taken', message: '', cure: '' });
      else if (change.type === 'correct' || change.type === 'merge')
        show({ context: { ...context, reference: change.to ?? change.into } });
      else if (change.type === 'draft')
        show({ context: context && { ...context, draft: change.draft ?? undefined } });
      else if (change.type === 'reference') show({ context: { reference: change.reference, lesions: [] } });
      else if (change.type === 'lesion')
        show({ context: chosen(lesions.find(({ id }) => id === change.id)) });
      else {
        const { site, label, contraIndications } = change;
        const lesion = { id: `lesion-${lesions.length}`, site, label, contraIndications };
        show({ context: { reference: context.reference, lesions: [lesion, ...lesions], lesion } });
      }
      reply({ ok: true });
    });
    screen.emit('view', view);
    void next();
  });

  await new Promise((resolve) => http.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${http.address().port}`,
    /** As when the service dies: connections are cut without a close. */
    close: () =>
      new Promise((resolve) => {
        io.engine.close();
        http.close(resolve);
        http.closeAllConnections();
      }),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await startMock(Number(process.argv[2] ?? 8099), process.argv[3]);
  console.log(`the screen with a mock service: ${url}`);
}
