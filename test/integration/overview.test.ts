import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import sharp from 'sharp';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { Overviews } from '../../src/overview/overviews.ts';
import { CurrentPatient } from '../../src/patient/current-patient.ts';
import type { CommandReply, ScreenEvents, ServerEvents } from '../../src/protocol/events.ts';
import type { ErrorBody } from '../../src/protocol/http.ts';
import type { LesionOverviews, OverviewView, StoredOverview } from '../../src/protocol/overview.ts';
import type { RetentionMode } from '../../src/protocol/retention.ts';
import type { View } from '../../src/protocol/view.ts';
import { EncryptedImageStore } from '../../src/retention/encrypted-image-store.ts';
import { LiveView } from '../../src/session/live-view.ts';
import { SessionRunner } from '../../src/session/runner.ts';
import { thumbnail } from '../../src/vision/jpeg.ts';
import { FakeCamera } from '../fakes/camera.ts';
import { FakeClassifier } from '../fakes/classifier.ts';
import { settle } from '../fakes/clock.ts';
import { TestServer } from '../fakes/server-parts.ts';
import { RealLog } from '../support/real-log.ts';
import { until } from '../support/until.ts';

const DAY_MS = 86_400_000;
const SETTINGS = {
  ...{ burstFrames: 1, burstSpanMs: 0, captureTimeoutMs: 3_000, cameraLatencyMs: 100 },
  ...{ sessionTimeoutMs: 20_000, mmPerPixel: 0.02 },
};
/** Occurs in an image with its metadata only. */
const PLACE = 'a place that nobody must know';

let frame: Uint8Array;

/** A real log, image store, session, server and socket; camera and model are fakes. */
class Kiosk {
  readonly camera = new FakeCamera();
  readonly classifier = new FakeClassifier();
  readonly runner: SessionRunner;
  readonly context: CurrentPatient;
  readonly overviews: Overviews;
  readonly server: TestServer;
  readonly live: LiveView;
  readonly log: RealLog;
  readonly images: EncryptedImageStore;
  readonly screens: Socket<ServerEvents, ScreenEvents>[] = [];
  blinks = 0;
  practising = false;
  #ids = 0;

  private constructor(log: RealLog, images: EncryptedImageStore) {
    this.log = log;
    this.images = images;
    const { store, clock } = log;
    const { camera, classifier } = this;
    const blink = (): void => {
      this.blinks += 1;
    };
    const newId = (): string => `id-${(this.#ids += 1)}-${Math.random()}`;
    this.context = new CurrentPatient({
      ...{ store, pattern: '[A-Z]-[0-9]+', contraIndicated: 'flag', askNext: true, log: silentLogger },
      session: () => this.runner,
    });
    const thumbnails = { thumbnail: (bytes: Uint8Array, side: number) => thumbnail(bytes, side) };
    this.overviews = new Overviews({
      ...{ camera, thumbnails, images, store, blink, clock, newId, log: silentLogger },
      ...{ context: this.context, lesions: store.patients, session: () => this.runner },
      isPractising: () => this.practising,
      captureTimeoutMs: SETTINGS.captureTimeoutMs,
      cameraLatencyMs: SETTINGS.cameraLatencyMs,
    });
    this.runner = new SessionRunner({
      subject: () => this.context.subject(),
      ...{ camera, classifier, store, images, blink, clock, newId, settings: SETTINGS, log: silentLogger },
      overview: this.overviews,
    });
    this.live = new LiveView({
      ...{ bootId: 'boot', session: this.runner, context: this.context, camera, classifier, store, clock },
      practice: { current: () => undefined, onChange: () => () => undefined },
      ...{ overview: this.overviews, unassigned: () => undefined, sound: false, language: 'en' },
      ...{ theme: { mode: 'dark', lightFrom: 7, lightUntil: 19 }, textSize: 'normal' },
    });
    this.server = new TestServer({
      ...{ store, patients: store.patients, context: this.context, images, thumbnails, live: this.live },
      ...{ overview: this.overviews, overviewImages: images.overviews, uploadMaxBytes: 500_000 },
      button: { press: () => this.press() },
    });
  }

  static async open(mode: RetentionMode = 'ask', log?: RealLog): Promise<Kiosk> {
    const used = log ?? (await RealLog.open());
    const { store, clock, dir } = used;
    const images = new EncryptedImageStore({
      ...{ dir: join(dir, 'pictures'), keyFile: join(dir, 'pictures.key'), store, clock },
      ...{ policy: { mode, days: 3 }, log: silentLogger },
    });
    const kiosk = new Kiosk(used, images);
    for (const part of kiosk.#parts()) await part.start();
    return kiosk;
  }

  #parts() {
    return [this.images, this.runner, this.context, this.overviews, this.live, this.server.server];
  }

  /** As a restart: the log stays open for the next one. */
  async stop(): Promise<void> {
    for (const screen of this.screens.splice(0)) screen.close();
    for (const part of this.#parts().reverse()) await part.stop();
  }

  press(): { readonly id: string } {
    return this.runner.press({ source: 'camera', at: this.log.clock.monotonic() });
  }

  /** The camera sends its next frame. */
  async expose(picture = frame): Promise<void> {
    await this.log.clock.advance(SETTINGS.cameraLatencyMs);
    this.camera.push(picture, this.log.clock.monotonic());
    await settle();
  }

  /** A press up to the image that is held. */
  async take(): Promise<void> {
    this.press();
    await this.expose();
    await until('an overview image', () => this.overviews.current()?.state === 'held');
  }

  /** A lesion of a patient, who is selected. */
  lesion(reference = 'A-1', label = '1'): string {
    this.context.change({ type: 'reference', reference });
    this.context.change({
      ...{ type: 'new-lesion', reference, site: 'nape', label, contraIndications: [] },
    });
    return this.context.current()!.lesion!.id;
  }

  async ask<T>(method: string, path: string, body?: FormData): Promise<{ status: number; value: T }> {
    const response = await fetch(new URL(path, this.server.url), { method, ...(body && { body }) });
    const text = await response.text();
    return { status: response.status, value: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  async refused(method: string, path: string, body?: FormData): Promise<string> {
    return (await this.ask<ErrorBody>(method, path, body)).value.error.code;
  }

  async begin(lesion: string): Promise<OverviewView> {
    const { status, value } = await this.ask<OverviewView>('POST', `/api/lesions/${lesion}/overviews`);
    expect([status, JSON.stringify(value)]).toEqual([201, expect.any(String)]);
    return value;
  }

  /** Begun, taken and kept. */
  async keep(lesion: string): Promise<StoredOverview> {
    const { id } = await this.begin(lesion);
    await this.take();
    const { number } = this.overviews.current()!.shot!;
    const { status, value } = await this.ask<{ kept: StoredOverview }>(
      'POST',
      `/api/overview/${id}/shots/${number}/keep`,
    );
    expect(status).toBe(201);
    return value.kept;
  }

  async stored(lesion: string): Promise<readonly StoredOverview[]> {
    return (await this.ask<LesionOverviews>('GET', `/api/lesions/${lesion}/overviews`)).value.overviews;
  }

  files(): Promise<string[]> {
    return readdir(join(this.log.dir, 'pictures')).then(
      (names) => names.filter((name) => name.endsWith('.sealed')),
      () => [],
    );
  }

  journal(): { readonly kind: string; readonly body: object }[] {
    const database = new Database(join(this.log.dir, 'kiosk.sqlite'), { readonly: true });
    try {
      const rows = database.prepare("SELECT kind, body FROM journal WHERE kind LIKE 'overview-%'").all() as {
        kind: string;
        body: string;
      }[];
      return rows.map(({ kind, body }) => ({ kind, body: JSON.parse(body) as object }));
    } finally {
      database.close();
    }
  }

  sessions(): number {
    return this.log.store.list({ limit: 50 }).sessions.length;
  }
}

let kiosk: Kiosk;

beforeEach(async () => {
  const drawn = sharp({ create: { width: 320, height: 240, channels: 3, background: '#c08060' } });
  frame = await drawn
    .jpeg()
    .withExif({ IFD0: { Copyright: PLACE } })
    .toBuffer();
  kiosk = await Kiosk.open();
});

afterEach(async () => {
  await kiosk.stop();
  await kiosk.log.dispose();
});

describe('an overview image', () => {
  it('is taken by a press, held, and stored with its lesion once it is kept', async () => {
    const lesion = kiosk.lesion();
    const begun = await kiosk.begin(lesion);
    expect(begun).toMatchObject({
      state: 'aiming',
      of: { reference: 'A-1', lesion: { id: lesion } },
      days: 3,
    });
    await kiosk.take();
    const { shot } = kiosk.overviews.current()!;
    expect((await fetch(new URL(shot!.picture, kiosk.server.url))).headers.get('content-type')).toBe(
      'image/jpeg',
    );
    expect([await kiosk.stored(lesion), await kiosk.files()]).toEqual([[], []]);
    const { value } = await kiosk.ask<{ kept: StoredOverview }>(
      'POST',
      `/api/overview/${begun.id}/shots/${shot!.number}/keep`,
    );
    expect(await kiosk.stored(lesion)).toEqual([value.kept]);
    expect(kiosk.overviews.current()).toBeUndefined();
    const picture = `/api/lesions/${lesion}/overviews/${value.kept.id}/picture`;
    const bytes = await (await fetch(new URL(picture, kiosk.server.url))).arrayBuffer();
    expect(await sharp(Buffer.from(bytes)).metadata()).toMatchObject({ width: 320, height: 240 });
    expect(kiosk.journal()).toMatchObject([
      {
        kind: 'overview-kept',
        body: { lesion, overview: value.kept.id, by: 'consent', source: 'camera', days: 3 },
      },
    ]);
    expect(kiosk.log.store.verify()).toMatchObject({ intact: true });
  });

  it('is never assessed, and is no session', async () => {
    const { id } = await kiosk.keep(kiosk.lesion());
    expect(kiosk.classifier.calls).toEqual([]);
    expect(kiosk.sessions()).toBe(0);
    for (const part of ['picture', 'thumbnail', 'mask'])
      expect(await kiosk.refused('GET', `/api/sessions/${id}/${part}`)).toBe('session/picture-gone');
    expect(await kiosk.refused('DELETE', `/api/sessions/${id}/picture`)).toBe('session/picture-gone');
    expect(await kiosk.refused('GET', `/api/sessions/${id}`)).toBe('session/unknown');
  });

  it('is stored without the metadata of its file, and never unencrypted', async () => {
    expect(Buffer.from(frame).includes(PLACE)).toBe(true);
    const lesion = kiosk.lesion();
    const { id } = await kiosk.keep(lesion);
    const { picture } = (await kiosk.images.overviews.read(id))!;
    expect(Buffer.from(picture.bytes).includes(PLACE)).toBe(false);
    const [name] = await kiosk.files();
    expect(
      (await readFile(join(kiosk.log.dir, 'pictures', name!))).includes(Buffer.from(picture.bytes)),
    ).toBe(false);
  });

  it('can be a file, which is held like one that was taken', async () => {
    const lesion = kiosk.lesion();
    const { id } = await kiosk.begin(lesion);
    const form = new FormData();
    form.set('file', new File([new Uint8Array(frame)], 'arm.jpg'));
    const { value } = await kiosk.ask<OverviewView>('POST', `/api/overview/${id}/file`, form);
    expect(value.state).toBe('held');
    await kiosk.ask('POST', `/api/overview/${id}/shots/${value.shot!.number}/keep`);
    expect(kiosk.journal()).toMatchObject([{ body: { source: 'upload' } }]);
    expect(kiosk.classifier.calls).toEqual([]);
  });

  it('that is no image is refused, and nothing is held', async () => {
    const { id } = await kiosk.begin(kiosk.lesion());
    const form = new FormData();
    form.set('file', new File(['text'], 'arm.jpg'));
    expect(await kiosk.refused('POST', `/api/overview/${id}/file`, form)).toBe('picture/unsupported');
    expect(kiosk.overviews.current()).toMatchObject({ state: 'aiming' });
  });

  it('is taken again by another press, and only the one that was seen can be kept', async () => {
    const { id } = await kiosk.begin(kiosk.lesion());
    await kiosk.take();
    const first = kiosk.overviews.current()!.shot!;
    await kiosk.take();
    expect(await kiosk.refused('POST', `/api/overview/${id}/shots/${first.number}/keep`)).toBe(
      'overview/gone',
    );
    expect(await kiosk.refused('GET', first.picture)).toBe('overview/gone');
    await kiosk.ask('POST', `/api/overview/${id}/again`);
    expect(kiosk.overviews.current()).toMatchObject({ state: 'aiming' });
  });

  it('that the camera does not send says why, and can be tried again', async () => {
    await kiosk.begin(kiosk.lesion());
    kiosk.press();
    kiosk.camera.become({ state: 'lost' });
    await settle();
    expect(kiosk.overviews.current()).toMatchObject({ state: 'aiming', fault: 'camera/lost' });
    kiosk.camera.become({ state: 'live' });
    await kiosk.take();
    expect(kiosk.overviews.current()).not.toHaveProperty('fault');
  });
});

describe('a press', () => {
  it('over an overview image starts no session, from a screen either', async () => {
    await kiosk.begin(kiosk.lesion());
    const screen = io(kiosk.server.url, { transports: ['websocket'], forceNew: true });
    kiosk.screens.push(screen);
    const views: View[] = [];
    screen.on('view', (view: View) => views.push(view));
    const reply = (await screen.emitWithAck('press')) as CommandReply;
    expect(reply).toEqual({ ok: true });
    await kiosk.expose();
    await until('a View with the image', () => views.at(-1)?.overview?.state === 'held');
    expect([kiosk.sessions(), kiosk.classifier.calls.length, views.at(-1)!.session.state]).toEqual([
      0,
      0,
      'ready',
    ]);
  });

  it('while one is taken is refused, acknowledged and journalled', async () => {
    await kiosk.begin(kiosk.lesion());
    kiosk.press();
    expect(() => kiosk.press()).toThrow(expect.objectContaining({ code: 'overview/under-way' }) as Error);
    expect(kiosk.blinks).toBe(2);
  });

  it('of an upload waits until the overview image is kept or cancelled', async () => {
    const { id } = await kiosk.begin(kiosk.lesion());
    const picture = { bytes: frame, contentType: 'image/jpeg' } as const;
    const upload = (): unknown => kiosk.runner.press({ source: 'upload', at: 0, picture });
    expect(upload).toThrow(expect.objectContaining({ code: 'overview/under-way' }) as Error);
    await kiosk.ask('DELETE', `/api/overview/${id}`);
    expect(upload).not.toThrow();
  });

  it('cannot discard the result beneath, which is there again afterwards', async () => {
    const lesion = kiosk.lesion();
    kiosk.press();
    await kiosk.expose();
    expect(kiosk.runner.session().state).toBe('showing');
    const { id } = await kiosk.begin(lesion);
    for (const command of ['accept', 'discard', 'dismiss'] as const)
      expect(() => {
        kiosk.runner[command]();
      }).toThrow(expect.objectContaining({ code: 'overview/under-way' }) as Error);
    await kiosk.ask('DELETE', `/api/overview/${id}`);
    kiosk.runner.accept();
    expect(kiosk.runner.session().state).toBe('ready');
  });
});

describe('an overview image is not begun', () => {
  const path = (lesion: string): string => `/api/lesions/${lesion}/overviews`;

  it('during a session', async () => {
    const lesion = kiosk.lesion();
    kiosk.press();
    expect(await kiosk.refused('POST', path(lesion))).toBe('session/busy');
  });

  it('while somebody practises', async () => {
    const lesion = kiosk.lesion();
    kiosk.practising = true;
    expect(await kiosk.refused('POST', path(lesion))).toBe('practice/on');
  });

  it('beside another one', async () => {
    const lesion = kiosk.lesion();
    await kiosk.begin(lesion);
    expect(await kiosk.refused('POST', path(lesion))).toBe('overview/under-way');
  });

  it('where no image is stored', async () => {
    await kiosk.stop();
    kiosk = await Kiosk.open('off', kiosk.log);
    expect(await kiosk.refused('POST', path(kiosk.lesion()))).toBe('picture/not-kept');
  });

  it('of a lesion that is unknown or closed', async () => {
    expect(await kiosk.refused('POST', path('none'))).toBe('lesion/unknown');
    const lesion = kiosk.lesion();
    kiosk.context.editLesion(lesion, { closed: 'excised' });
    expect(await kiosk.refused('POST', path(lesion))).toBe('lesion/closed');
  });
});

describe('an overview image that is not kept', () => {
  it('is gone, with the one that is taken, after a change of the patient', async () => {
    const lesion = kiosk.lesion();
    const { id } = await kiosk.begin(lesion);
    await kiosk.take();
    kiosk.context.change({ type: 'reference', reference: 'B-2' });
    expect(kiosk.overviews.current()).toBeUndefined();
    expect(await kiosk.refused('POST', `/api/overview/${id}/shots/1/keep`)).toBe('overview/gone');
    const other = kiosk.lesion('B-2');
    await kiosk.begin(other);
    kiosk.press();
    kiosk.context.clear('idle');
    await kiosk.expose();
    expect([kiosk.overviews.current(), await kiosk.files()]).toEqual([undefined, []]);
  });

  it('is not gone when its lesion is renamed', async () => {
    const lesion = kiosk.lesion();
    await kiosk.begin(lesion);
    kiosk.context.editLesion(lesion, { label: '2' });
    expect(kiosk.overviews.isOpen()).toBe(true);
  });

  it('is gone after a restart', async () => {
    const lesion = kiosk.lesion();
    const { id } = await kiosk.begin(lesion);
    await kiosk.take();
    await kiosk.stop();
    kiosk = await Kiosk.open('ask', kiosk.log);
    expect(await kiosk.refused('POST', `/api/overview/${id}/shots/1/keep`)).toBe('overview/gone');
    expect([await kiosk.files(), await kiosk.stored(lesion), kiosk.journal()]).toEqual([[], [], []]);
  });

  it('is refused if the lesion belongs to somebody else by now', async () => {
    // Looked up on another screen: the patient of the overview image is not the selected one.
    const lesion = kiosk.lesion('A-1');
    kiosk.context.change({ type: 'reference', reference: 'B-2' });
    kiosk.context.change({ type: 'clear' });
    const { id } = await kiosk.begin(lesion);
    await kiosk.take();
    const { context } = kiosk.log.store;
    context.merge(context.find('A-1')!.id, 'B-2');
    const { number } = kiosk.overviews.current()!.shot!;
    expect(await kiosk.refused('POST', `/api/overview/${id}/shots/${number}/keep`)).toBe('overview/gone');
    expect(await kiosk.files()).toEqual([]);
  });
});

describe('a stored overview image', () => {
  it('is deleted from the disk by hand, with who did it', async () => {
    const lesion = kiosk.lesion();
    const { id } = await kiosk.keep(lesion);
    const other = kiosk.lesion('B-2');
    expect(await kiosk.refused('DELETE', `/api/lesions/${other}/overviews/${id}`)).toBe('overview/gone');
    expect((await kiosk.ask('DELETE', `/api/lesions/${lesion}/overviews/${id}`)).value).toEqual({
      overviews: [],
    });
    expect(await kiosk.files()).toEqual([]);
    expect(kiosk.journal()[1]).toMatchObject({
      kind: 'overview-gone',
      body: { overview: id, lesion, because: 'withdrawn' },
    });
    expect(kiosk.log.store.verify()).toMatchObject({ intact: true });
  });

  it('expires like every image, and is deleted from the disk', async () => {
    const lesion = kiosk.lesion();
    await kiosk.keep(lesion);
    await kiosk.stop();
    kiosk = await Kiosk.open('off', kiosk.log);
    expect(await kiosk.stored(lesion)).toHaveLength(1);
    await kiosk.log.clock.advance(3 * DAY_MS);
    expect(await kiosk.stored(lesion)).toEqual([]);
    await until('its file to be deleted', async () => {
      await kiosk.log.clock.advance(3_600_000);
      return (await kiosk.files()).length === 0;
    });
    expect(kiosk.journal()[1]).toMatchObject({ kind: 'overview-gone', body: { because: 'due' } });
  });

  it('goes with its lesion to the patient that it is merged with', async () => {
    const lesion = kiosk.lesion('A-1');
    const kept = await kiosk.keep(lesion);
    kiosk.lesion('B-2');
    kiosk.context.change({ type: 'reference', reference: 'A-1' });
    kiosk.context.change({ type: 'merge', reference: 'A-1', into: 'B-2' });
    expect(kiosk.log.store.patients.owner(lesion)).toMatchObject({ reference: 'B-2' });
    expect(await kiosk.stored(lesion)).toEqual([kept]);
  });

  it('is listed with the others of its lesion, newest first, after a restart too', async () => {
    const lesion = kiosk.lesion();
    const first = await kiosk.keep(lesion);
    await kiosk.log.clock.advance(60_000);
    const second = await kiosk.keep(lesion);
    await kiosk.keep(kiosk.lesion('B-2'));
    await kiosk.stop();
    kiosk = await Kiosk.open('ask', kiosk.log);
    expect(await kiosk.stored(lesion)).toEqual([second, first]);
  });
});

describe('an overview image, in any order of presses, changes of the patient and keeping,', () => {
  it('is stored with the lesion it was begun for, or not at all', async () => {
    const lesions = { 'A-1': kiosk.lesion('A-1'), 'B-2': kiosk.lesion('B-2') };
    const references = Object.keys(lesions) as (keyof typeof lesions)[];
    const step = fc.constantFrom('begin', 'take', 'keep', 'A-1', 'B-2', 'clear');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
        kiosk.overviews.drop();
        let begun: { lesion: string; selected: string | undefined } | undefined;
        for (const name of steps) {
          const before = kiosk.journal().length;
          const open = kiosk.overviews.current();
          const reference = kiosk.context.current()?.reference;
          if (name === 'begin' && open === undefined) {
            const lesion = lesions[references.find((one) => one === reference) ?? 'A-1'];
            kiosk.overviews.open(lesion);
            begun = { lesion, selected: reference };
          } else if (name === 'take' && open !== undefined) await kiosk.take();
          else if (name === 'keep' && open?.shot !== undefined) {
            const kept = await kiosk.overviews.keep(open.id, open.shot.number).then(() => 'kept', codeOf);
            expect(kept).toBe('kept');
            expect(reference).toBe(begun!.selected);
            expect(kiosk.journal().slice(before)).toMatchObject([{ body: { lesion: begun!.lesion } }]);
          } else if (name === 'clear') kiosk.context.change({ type: 'clear' });
          else if (name === 'A-1' || name === 'B-2')
            kiosk.context.change({ type: 'reference', reference: name });
          if (kiosk.overviews.isOpen()) expect(kiosk.context.current()?.reference).toBe(begun!.selected);
        }
      }),
      { numRuns: 25 },
    );
  });
});
