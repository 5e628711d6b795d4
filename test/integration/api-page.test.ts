import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as answers from '../../kiosk-ui/src/connection/answers.ts';
import type { Guard } from '../../kiosk-ui/src/connection/guard.ts';
import type { ContextView } from '../../src/protocol/context.ts';
import type { PatientPage } from '../../src/protocol/patients.ts';
import type { View } from '../../src/protocol/view.ts';
import { KioskProcess } from '../support/kiosk-process.ts';
import { phantomPicture, plainPng } from '../support/pictures.ts';
import { untilPressCounts } from '../support/press.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const docs = join(root, 'docs', 'api');

interface Schema {
  readonly $ref?: string;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: { readonly 'application/json'?: { readonly schema: Schema } } }>
  >;
}

/** One command of the page, with the route that it requests and the status that the page states. */
interface Command {
  readonly text: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

const page = await readFile(join(docs, 'README.md'), 'utf8');
const document = JSON.parse(await readFile(join(docs, 'openapi.json'), 'utf8')) as Document;
const commands = blocks('sh').flatMap((block) =>
  block
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.startsWith('curl '))
    .map(commandOf),
);

/** The fenced blocks of a language. */
function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text!);
}

function commandOf(line: string): Command {
  const { text, status } = /^(?<text>.*?)\s+# (?<status>\d{3})\b/.exec(line)?.groups ?? {};
  if (text === undefined || status === undefined) throw new Error(`no status is stated: ${line}`);
  const path = /\$KIOSK(\/[^\s"?]*)/
    .exec(text)![1]!
    .replace('$OTHER/comparison/$SESSION', '{id}/comparison/{other}')
    .replace('$LISTING', '{listing}')
    .replace('/files/0', '/files/{file}')
    .replace(/(?<=overviews\/|files\/\{file\}\/overview\/)\$OVERVIEW/, '{overview}')
    .replace('$OVERVIEW', '{id}')
    .replace('$SHOT', '{shot}')
    .replace(/(?:\$(?:SESSION|LESION|PATIENT|OPERATOR)|(?<=sessions\/)none)/, '{id}');
  const method = / -X (\w+)/.exec(text)?.[1] ?? (/ -[dF] /.test(text) ? 'POST' : 'GET');
  return { text, method, path, status: Number(status) };
}

describe('docs/api/README.md', () => {
  let kiosk: KioskProcess;
  let screen: Socket;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kiosk-api-'));
    kiosk = await KioskProcess.start({
      // With a mask, which a comparison needs.
      ...{ KIOSK_MODEL: 'lesion-pair', KIOSK_PHANTOM_SCENE: 'melanoma-like' },
      // The page’s commands without a token work on a kiosk where nothing is locked.
      KIOSK_OPERATOR_UNLOCK: 'off',
      ...{ KIOSK_ASK_CONTRAINDICATIONS: 'on', KIOSK_BLIND_FIRST: 'true' },
      ...{ KIOSK_RETENTION: 'ask', KIOSK_IDLE_SECONDS: '0', KIOSK_EXPORT_DIR: folder },
      KIOSK_UPLOAD_DIR: folder,
    });
    await kiosk.untilReady();
    screen = io(kiosk.url, { transports: ['websocket'] });
  });

  afterAll(async () => {
    screen.close();
    await kiosk.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** What a screen does that draws: without one, nothing is asked. */
  async function draw(): Promise<void> {
    screen.emit('beat');
    await until('a screen that draws', async () => (await kiosk.json('/health/screen')).status === 200);
  }

  /** Presses and waits for the result, which then is on the screen. */
  async function capture(path = '/api/press'): Promise<string> {
    await untilPressCounts(kiosk.url);
    await draw();
    const { body } = await kiosk.json<{ id: string }>(path, { method: 'POST' });
    await untilIn('asking', body.id);
    const headers = { 'content-type': 'application/json' };
    const send = async (route: string, what: object): Promise<void> => {
      const said = JSON.stringify({ session: body.id, ...what });
      expect((await kiosk.json(route, { method: 'POST', headers, body: said })).status).toBe(204);
    };
    await send('/api/answer', { found: [] });
    await untilIn('opinion', body.id);
    await send('/api/opinion', { opinion: 'benign' });
    await untilShown(body.id);
    return body.id;
  }

  async function untilIn(state: 'asking' | 'opinion', id: string): Promise<void> {
    await until(
      () => `the state ${state}`,
      async () => {
        const { session } = (await kiosk.json<View>('/api/view')).body;
        return session.state === state && session.id === id;
      },
    );
  }

  async function untilShown(id: string): Promise<void> {
    let session = {};
    await until(
      () => `the result, but ${JSON.stringify(session)}`,
      async () => {
        ({ session } = (await kiosk.json<View>('/api/view')).body);
        return 'id' in session && session.id === id && 'result' in session;
      },
    );
  }

  async function post(path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const { status } = await kiosk.json(path, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(status).toBe(200);
  }

  const keep = (id: string) => kiosk.json(`/api/sessions/${id}/picture`, { method: 'PUT' });

  /** The values that a reader who follows the page has by then. */
  const names: Record<string, string> = {};

  /** The state that a command needs, beyond what the commands before it leave. */
  const before: Readonly<Record<string, () => Promise<void>>> = {
    'POST /api/unlock': async () => {
      const own = io(kiosk.url, { transports: ['websocket'], extraHeaders: { origin: kiosk.url } });
      expect(await own.emitWithAck('settings-pin', '274916')).toMatchObject({ ok: true });
      own.close();
    },
    'POST /api/retake': async () => {
      await capture();
      await untilPressCounts(kiosk.url);
    },
    'POST /api/press': draw,
    'POST /api/answer': () => untilIn('asking', names.SESSION!),
    'POST /api/opinion': () => untilIn('opinion', names.SESSION!),
    'POST /api/accept': () => untilShown(names.SESSION!),
    'POST /api/discard': async () => {
      await capture();
    },
    'POST /api/captures': () => writeFile(join(folder, 'lesion.jpg'), phantomPicture('melanoma-like')),
    'POST /api/dismiss': async () => {
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(plainPng(640, 480))]), 'grey.png');
      const { body } = await kiosk.json('/api/captures', { method: 'POST', body: form });
      expect(body).toMatchObject({ outcome: 'retake' });
    },
    'PUT /api/sessions/{id}/picture': async () => {
      names.SESSION = await capture();
    },
    // The newest image in the folder becomes the listing's first.
    'POST /api/drive': () => writeFile(join(folder, 'lesion.jpg'), phantomPicture('melanoma-like')),
    'POST /api/overview/{id}/file': () => writeFile(join(folder, 'region.jpg'), phantomPicture('naevus')),
    // The images that were listed before have been replaced by then.
    'POST /api/drive/{listing}/files/{file}/overview/{overview}': async () => {
      const headers = { origin: kiosk.url };
      const list = () => kiosk.json<{ listing: string }>('/api/drive', { method: 'POST', headers });
      let listed = await list();
      while (listed.status === 429) listed = await list();
      names.LISTING = listed.body.listing;
    },
    // The one before is kept and deleted by then.
    'DELETE /api/overview/{id}': async () => {
      const path = `/api/lesions/${names.LESION!}/overviews`;
      const begin = () => kiosk.json<{ id: string }>(path, { method: 'POST' });
      let begun = await begin();
      while (begun.status === 429) begun = await begin();
      names.OVERVIEW = begun.body.id;
    },
    'GET /api/sessions/{id}/comparison/{other}': async () => {
      await post('/api/context', { type: 'reference', reference: 'A-10482' });
      await post('/api/context', { type: 'lesion', id: names.LESION });
      names.OTHER = await capture();
      await keep(names.OTHER);
      names.SESSION = await capture('/api/retake');
      await keep(names.SESSION);
    },
  };

  /** What the reply to a command provides for the commands that follow. */
  const after: Readonly<Record<string, (body: unknown) => void>> = {
    'POST /api/press': (body) => {
      names.SESSION = (body as { id: string }).id;
    },
    'POST /api/retake': (body) => {
      names.SESSION = (body as { id: string }).id;
    },
    'POST /api/drive': (body) => {
      names.LISTING = (body as { listing: string }).listing;
    },
    'POST /api/unlock': (body) => {
      names.TOKEN = (body as { token: string }).token;
    },
    'POST /api/operators': (body) => {
      names.OPERATOR = (body as { id: string }).id;
    },
    'GET /api/patients': (body) => {
      names.PATIENT = (body as PatientPage).patients[0]!.id;
    },
    'POST /api/lesions/{id}/overviews': (body) => {
      names.OVERVIEW = (body as { id: string }).id;
    },
    'POST /api/drive/{listing}/files/{file}/overview/{overview}': (body) => {
      names.SHOT = String((body as { shot: { number: number } }).shot.number);
    },
    'POST /api/context': (body) => {
      const [lesion] = (body as { context: ContextView }).context.lesions;
      if (lesion !== undefined) names.LESION = lesion.id;
    },
  };

  it('has a command for every route of openapi.json, and for no other', () => {
    const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const documented = new Set(commands.map(({ method, path }) => `${method} ${path}`));
    expect([...documented].toSorted()).toEqual(routes.toSorted());
  });

  it('states the status that each command returns; the screen’s guards accept the replies, and reject incomplete ones', async () => {
    // Makes curl print the status after the body without a change to the commands.
    await writeFile(join(folder, '.curlrc'), 'silent\nshow-error\nwrite-out = "\\n%{http_code}"\n');
    const unused = new Set(Object.keys(before));
    const understood = new Set<string>();
    for (const { text, method, path, status } of commands) {
      const route = `${method} ${path}`;
      await before[route]?.();
      unused.delete(route);
      const env = { ...process.env, CURL_HOME: folder, KIOSK: kiosk.url, ...names };
      const answer = async (): Promise<readonly [body: string, status: string]> => {
        const { stdout } = await run('sh', ['-euc', text], { cwd: folder, env });
        const [, body, got] = /^(.*)\n(\d{3})$/s.exec(stdout)!;
        return [body!, got!];
      };
      // All commands of the page come faster than the kiosk accepts them.
      let [body, got] = await answer();
      while (got === '429' && status !== 429) [body, got] = await answer();
      expect(`${text}  # ${got} ${Number(got) === status ? '' : body}`).toBe(`${text}  # ${status} `);
      if (body === '') continue;
      const value: unknown = JSON.parse(body);
      after[route]?.(value);
      if (status >= 400) {
        expect(answers.isErrorBody(value) || path.startsWith('/health/'), text).toBe(true);
        if (status === 404 && path.startsWith('/api/sessions/'))
          expect(blocks('json').map((block) => JSON.parse(block) as unknown)).toEqual([value]);
        continue;
      }
      const title = titleOf(document.paths[path]![method.toLowerCase()]!, status);
      const isAnswer = guardOf(title);
      if (isAnswer === undefined) continue;
      understood.add(title!);
      checkGuard(isAnswer, value, document.components.schemas[title!]!, text);
    }
    expect([...unused]).toEqual([]);
    const read = Object.keys(answers).map((name) => name.slice('is'.length));
    // The other two are the body of an error and a reply over the socket.
    expect([...understood, 'ErrorBody', 'SettingsReply'].toSorted()).toEqual(read.toSorted());
  }, 180_000);

  it('has a socket client of at most 30 lines that presses and prints the result', async () => {
    const [client, ...others] = blocks('js');
    expect(others).toEqual([]);
    expect(client!.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'client.mjs'), client!);
    await untilPressCounts(kiosk.url);
    const { stdout, stderr } = await run(process.execPath, ['client.mjs', kiosk.url], { cwd: folder });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^camera live, model ready, session (?:capturing|checking|classifying)$/m);
    expect(stdout).toMatch(
      /^camera live, model ready, session showing\n\{\n\s+outcome: '(?:result|withheld)',/m,
    );
  });
});

/** The name of the schema of a route’s reply, if it has one. */
function titleOf({ responses }: Operation, status: number): string | undefined {
  const schema = responses[status]?.content?.['application/json']?.schema;
  return schema?.$ref?.split('/').at(-1);
}

/** The screen's guard for a reply that it reads. */
function guardOf(title: string | undefined): Guard<unknown> | undefined {
  const guards: Readonly<Record<string, Guard<unknown>>> = answers;
  return title === undefined ? undefined : guards[`is${title}`];
}

/** The schema that a reference names. */
function resolved(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : document.components.schemas[name]!;
}

/** The guard accepts the reply, also with an additional field, and rejects it without a required field. */
function checkGuard(isAnswer: Guard<unknown>, value: unknown, schema: Schema, text: string): void {
  let place: string | undefined;
  isAnswer(value, (at) => (place = at));
  expect(place, text).toBeUndefined();
  const fields = value as Readonly<Record<string, unknown>>;
  expect(isAnswer({ ...fields, tomorrow: 1 }), text).toBe(true);
  const alternatives = (schema.anyOf ?? [schema]).map((each) => resolved(each).required ?? []);
  const always = alternatives[0]!.filter((name) => alternatives.every((names) => names.includes(name)));
  expect(always.length, text).toBeGreaterThan(0);
  for (const name of always) {
    const without = Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
    expect(isAnswer(without), `${text} without ${name}`).toBe(false);
  }
}
