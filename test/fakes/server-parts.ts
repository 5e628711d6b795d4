import type { OpinionCommand } from '../../src/protocol/assessments.ts';
import type { AnswerCommand } from '../../src/protocol/context.ts';
import type { SelfTestControl } from '../../src/diagnostics/port.ts';
import type { HealthReport } from '../../src/protocol/diagnostics.ts';
import type { EncodedImage } from '../../src/lib/image-signature.ts';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { TestPress } from '../../src/button/button-test.ts';
import type { Camera, CameraStatus, Frame } from '../../src/camera/port.ts';
import type { Framing } from '../../src/protocol/framing.ts';
import type { Classifier, Thumbnailer } from '../../src/classifier/port.ts';
import type { ImageDrive } from '../../src/drive/port.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import { KioskError } from '../../src/lib/errors.ts';
import type { Logger } from '../../src/lib/logger.ts';
import type {
  About,
  ErrorBody,
  MemoryReport,
  SessionDetail,
  SessionPage,
  SessionSummary,
} from '../../src/protocol/http.ts';
import type { LampTest, SelfTestReport } from '../../src/protocol/diagnostics.ts';
import type { FaultCode } from '../../src/protocol/reasons.ts';
import type { SettingsSnapshot } from '../../src/protocol/settings.ts';
import type { SessionView, View } from '../../src/protocol/view.ts';
import { createServer, type KioskServer } from '../../src/server/server.ts';
import type { PatientControl } from '../../src/server/routes/context.ts';
import type { CaptureComparer } from '../../src/server/routes/lesions.ts';
import type { SessionRescorer } from '../../src/server/routes/rescores.ts';
import type { ViewSource } from '../../src/server/view-source.ts';
import type { OperatorControl } from '../../src/operators/port.ts';
import type { OperatorView, UnlockState } from '../../src/protocol/operators.ts';
import type { OverviewControl } from '../../src/overview/port.ts';
import type { ImageStore, ImageWithMask, OverviewImages } from '../../src/retention/port.ts';
import type { PracticeControl } from '../../src/practice/port.ts';
import type { PracticeAction, PracticeView } from '../../src/protocol/practice.ts';
import type { CaptureRequest, PressControl, SessionControl } from '../../src/session/port.ts';
import type {
  JournalVerification,
  Counter,
  LogPage,
  PatientReader,
  SessionStore,
  WholePage,
} from '../../src/store/port.ts';
import type { GuideStep, GuideView } from '../../src/protocol/guide.ts';
import type { GuideControl, SettingsControl, SettingsClient, UnlockGrant } from '../../src/settings/port.ts';
import { checkAnswers } from '../support/contract-check.ts';
import { FakeClock } from './clock.ts';
import { FakeImageStore } from './image-store.ts';

type Finished = Awaited<ReturnType<SessionControl['finished']>>;

export const PICTURE_ID = '6f1f2c7e-0000-4000-8000-000000000001';

/** An image by its first bytes only; the server checks nothing else. */
export const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(600, 7)]);
export const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(600, 7)]);

export const SHOWING: Extract<Finished, { state: 'showing' }> = {
  state: 'showing',
  id: PICTURE_ID,
  number: 7,
  source: 'upload',
  picture: `/api/sessions/${PICTURE_ID}/picture`,
  disposition: 'unreviewed',
  result: {
    outcome: 'result',
    malignancy: 0.125,
    threshold: 0.2,
    statement: 'below',
    classes: [{ id: 'nv', name: 'Melanocytic naevus', kind: 'benign', mark: 'benign', probability: 0.875 }],
    model: { name: 'seed-cnn', version: '1.0.0', sha256: 'ab', engine: 'onnxruntime' },
  },
};

/** A session that ends at once, as set by the test. */
export class FakeSession implements SessionControl {
  readonly requests: CaptureRequest[] = [];
  readonly commands: string[] = [];
  /** How the next sessions end; `never` does not end. */
  ending: Finished | 'never' = SHOWING;
  /** The error with which every press and command fails. */
  failure: Error | undefined;
  held: EncodedImage | undefined;
  images: ImageStore = new FakeImageStore('ask');

  press(request: CaptureRequest): { readonly id: string } {
    this.#failIfSet();
    this.requests.push(request);
    return { id: PICTURE_ID };
  }

  finished(): Promise<Finished> {
    return this.ending === 'never' ? new Promise(() => {}) : Promise.resolve(this.ending);
  }

  accept(): void {
    this.#command('accept');
  }

  discard(): void {
    this.#command('discard');
  }

  dismiss(): void {
    this.#command('dismiss');
  }

  answer({ session, found }: AnswerCommand): void {
    this.#command(`answer ${session} ${JSON.stringify(found)}`);
  }

  giveOpinion({ session, opinion }: OpinionCommand, operator?: string): void {
    this.#command(
      `opinion ${session} ${JSON.stringify(opinion)}${operator === undefined ? '' : ` by ${operator}`}`,
    );
  }

  leave(): void {
    this.#command('leave');
  }

  shown(id: string): ImageWithMask | undefined {
    return id === PICTURE_ID && this.held !== undefined ? { picture: this.held } : undefined;
  }

  async keepPicture(id: string): Promise<void> {
    const shown = this.shown(id);
    if (shown === undefined) throw new KioskError('session/picture-gone', 'gone');
    await this.images.keep(id, shown, 'consent');
  }

  session(): SessionView {
    return { state: 'ready' };
  }

  onChange(): () => void {
    return () => {};
  }

  #command(name: string): void {
    this.#failIfSet();
    this.commands.push(name);
  }

  #failIfSet(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}

/** A log of 120 sessions, newest first. */
export class FakeStore implements SessionStore {
  openSession(): { readonly number: number } {
    return { number: 1 };
  }

  closeSession(): void {}
  addDisposition(): void {}
  addReview(): void {}
  append(): void {}
  probe(): void {}

  list({ limit, before }: { readonly limit: number; readonly before?: number }): SessionPage {
    const newest = (before ?? 121) - 1;
    const oldest = Math.max(1, newest - limit + 1);
    const sessions = Array.from({ length: newest - oldest + 1 }, (_, i) => summary(newest - i));
    return oldest > 1 ? { sessions, next: oldest } : { sessions };
  }

  rows(page: LogPage): WholePage {
    const { sessions, ...more } = this.list(page);
    return { ...more, sessions: sessions.map(({ number }) => detail(number)) };
  }

  get(id: string): SessionDetail | undefined {
    return id === PICTURE_ID ? detail(7) : undefined;
  }

  counter(): Counter {
    return () => [];
  }

  firstOpened(): undefined {}

  verify(): JournalVerification {
    return { intact: true, rows: 0, head: '' };
  }
}

function summary(number: number): SessionSummary {
  return {
    id: `session-${number}`,
    number,
    source: 'camera',
    openedAt: '2026-01-01T00:00:00.000Z',
    outcome: 'aborted',
    disposition: 'unreviewed',
  };
}

function detail(number: number): SessionDetail {
  return { ...summary(number), assessments: [], journal: [] };
}

export class FakeCamera implements Camera {
  readonly name = 'camera';
  readonly driver = 'fake';
  readonly simulated = true;
  readonly #frames = new Emitter<Frame>();
  #sequence = 0;
  /** Number of frame listeners. */
  listeners = 0;

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  status(): CameraStatus {
    return { state: 'live' };
  }

  onStatus(): () => void {
    return () => {};
  }

  onFrame(listener: (frame: Frame) => void): () => void {
    const unsubscribe = this.#frames.on(listener);
    this.listeners += 1;
    return () => {
      this.listeners -= 1;
      unsubscribe();
    };
  }

  /** Emits a frame that consists of this byte. */
  show(byte: number): void {
    this.#frames.emit({ jpeg: Uint8Array.of(byte), sequence: (this.#sequence += 1), receivedAt: 0 });
  }
}

export class FakeView implements ViewSource {
  readonly #changes = new Emitter<undefined>();
  #revision = 0;
  listeners = 0;

  current(): View {
    return {
      revision: this.#revision,
      bootId: 'boot',
      camera: { state: 'live', driver: 'fake', simulated: true },
      button: { driver: 'virtual', state: 'ready' },
      model: { state: 'loading' },
      storage: { state: 'ok' },
      board: { warnings: [] },
      session: { state: 'ready' },
      sound: true,
      idle: false,
      language: 'en',
      brightness: 100,
      theme: { mode: 'dark', lightFrom: 7, lightUntil: 19 },
      textSize: 'normal',
    };
  }

  onChange(listener: () => void): () => void {
    const unsubscribe = this.#changes.on(listener);
    this.listeners += 1;
    return () => {
      this.listeners -= 1;
      unsubscribe();
    };
  }

  change(): void {
    this.#revision += 1;
    this.#changes.emit(undefined);
  }
}

const classifier: Classifier = {
  name: 'classifier',
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  status: () => ({ state: 'loading' }),
  onStatus: () => () => {},
  assess: () => Promise.reject(new KioskError('model/loading', 'loading')),
  classify: () => Promise.reject(new KioskError('model/loading', 'loading')),
  vitals: () => Promise.reject(new KioskError('model/loading', 'loading')),
};

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: object;
  readonly message: string;
}

/** Records every line for the test. */
export class MemoryLogger implements Logger {
  readonly lines: LogLine[] = [];
  debug = this.#writer('debug');
  info = this.#writer('info');
  warn = this.#writer('warn');
  error = this.#writer('error');

  child(): Logger {
    return this;
  }

  #writer(level: LogLine['level']) {
    return (fields: object, message: string): void => {
      this.lines.push({ level, fields, message });
    };
  }
}

const ABOUT: About = {
  program: { version: '0.1.0', licence: 'Apache-2.0', node: 'v20' },
  model: null,
  view: {
    camera: { state: 'live', driver: 'fake', simulated: true },
    button: { driver: 'virtual', state: 'ready' },
    model: { state: 'loading' },
  },
};

/** A self-test whose button the test presses. */
export class FakeSelfTest implements SelfTestControl {
  readonly report: SelfTestReport = {
    at: '2026-01-01T00:00:00.000Z',
    checks: [{ id: 'camera', title: 'Camera', state: 'ok', found: 'fake' }],
  };
  /** Number of callers waiting for a press. */
  waiting = 0;
  press: (press: TestPress | undefined) => void = () => {};

  run(): Promise<SelfTestReport> {
    return Promise.resolve(this.report);
  }

  nextPress(signal: AbortSignal): Promise<TestPress | undefined> {
    this.waiting += 1;
    return new Promise<TestPress | undefined>((resolve) => {
      this.press = resolve;
      signal.addEventListener('abort', () => {
        resolve(undefined);
      });
    }).finally(() => {
      this.waiting -= 1;
    });
  }

  testLamp(): LampTest {
    return { blinking: true, found: 'GPIO line 27' };
  }
}
/** Settings without a PIN, which cannot be unlocked. */
class LockedSettings implements SettingsControl {
  snapshot({ localScreen }: SettingsClient): Promise<SettingsSnapshot> {
    return Promise.resolve({ pin: 'none', localScreen, waitMs: 0 });
  }

  setPin(): Promise<never> {
    return Promise.reject(new KioskError('store/failed', 'paper'));
  }

  unlock(): Promise<never> {
    return Promise.reject(new KioskError('settings/locked', 'paper'));
  }

  admit(): UnlockGrant {
    throw new KioskError('settings/locked', 'paper');
  }

  isOpen(): boolean {
    return false;
  }

  lock(): void {}

  change(): Promise<never> {
    return Promise.reject(new KioskError('settings/locked', 'paper'));
  }
}

/** Nothing is locked, and nobody can unlock anything. */
class NoOperators implements OperatorControl {
  isRequired(): Promise<boolean> {
    return Promise.resolve(false);
  }

  wasRequired(): boolean {
    return false;
  }

  state(): Promise<UnlockState> {
    return Promise.resolve({
      ...{ required: false, operators: [], pin: false, pinWaitMs: 0 },
      ...{ badges: false, badgePrefix: '', badgeWaitMs: 0 },
    });
  }

  holder(): undefined {}

  unlock(): Promise<never> {
    return Promise.reject(new KioskError('badge/unknown', 'paper'));
  }

  lock(): void {}

  closeSettings(): void {}

  onLocked(): () => void {
    return () => {};
  }

  list(): readonly OperatorView[] {
    return [];
  }

  add(): Promise<never> {
    return Promise.reject(new KioskError('settings/locked', 'paper'));
  }

  change(): Promise<never> {
    return Promise.reject(new KioskError('settings/locked', 'paper'));
  }
}

export const MEMORY: MemoryReport = {
  kiosk: { residentBytes: 90e6, heapBytes: 30e6 },
  inference: { residentBytes: 250e6, heapBytes: 20e6, tensors: 12 },
};

const NO_PATIENT: PatientControl = {
  change: () => {},
  current: () => undefined,
  retake: (press) => press(),
  describe: () => {},
  editLesion: () => {
    throw new KioskError('lesion/unknown', 'no lesions');
  },
  assign: () => [],
};

export interface TestSettings {
  readonly host?: string;
  readonly port?: number;
  readonly allowedHosts?: string;
  readonly uploadMaxBytes?: number;
  readonly staticDir?: string;
  /** Replaces the settings that cannot be unlocked. */
  readonly settings?: SettingsControl;
  /** Replaces operators that lock nothing. */
  readonly operators?: OperatorControl;
  readonly view?: FakeView;
  /** Replaces the fake store. */
  readonly store?: SessionStore;
  readonly patients?: PatientReader;
  readonly images?: ImageStore;
  readonly context?: PatientControl;
  readonly exportReferences?: boolean;
  readonly exportDir?: string;
  readonly comparer?: CaptureComparer;
  readonly rescorer?: SessionRescorer;
  readonly drive?: ImageDrive;
  readonly thumbnails?: Thumbnailer;
  /** Replace an overview image that is never begun, and an empty folder. */
  readonly overview?: OverviewControl;
  readonly overviewImages?: OverviewImages;
  /** Replaces a press of the fake session. */
  readonly button?: PressControl;
  /** What the screens see instead of the fake view. */
  readonly live?: ViewSource;
}

const NO_OVERVIEW = (): never => {
  throw new KioskError('overview/gone', 'none is taken');
};

/** No overview image is taken. */
const NO_OVERVIEWS: OverviewControl = {
  ...{ current: () => undefined, isOpen: () => false, onChange: () => () => {}, open: NO_OVERVIEW },
  ...{ press: NO_OVERVIEW, shot: NO_OVERVIEW, again: NO_OVERVIEW, cancel: NO_OVERVIEW },
  receive: () => Promise.reject(new KioskError('overview/gone', 'none is taken')),
  keep: () => Promise.reject(new KioskError('overview/gone', 'none is taken')),
};

/** No overview image is stored. */
const NO_OVERVIEW_IMAGES: OverviewImages = {
  ...{ of: () => [], kept: () => undefined, onChange: () => () => {} },
  read: () => Promise.resolve(undefined),
  remove: () => Promise.resolve(false),
  keep: () => Promise.reject(new KioskError('picture/not-kept', 'nothing is stored')),
};

/** The framing that the test sets. */
export class FakeFraming {
  readonly #changes = new Emitter<Framing | undefined>();
  /** As last requested by the server. */
  watched = false;
  #framing: Framing | undefined;

  current(): Framing | undefined {
    return this.#framing;
  }

  onChange(listener: (framing: Framing | undefined) => void): () => void {
    return this.#changes.on(listener);
  }

  setWatched(on: boolean): void {
    this.watched = on;
  }

  become(framing: Framing | undefined): void {
    this.#framing = framing;
    this.#changes.emit(framing);
  }
}

/** A guide that was left at its first step. */
export class FakeGuide implements GuideControl {
  at: GuideStep | null = 'language';

  step(): GuideStep | null {
    return this.at;
  }

  fixed(): GuideView['fixed'] {
    return [{ setting: 'sound', variable: 'KIOSK_SOUND' }];
  }

  go(step: GuideStep | null): void {
    this.at = step;
  }
}

/** Practice that records what is asked of it; the test sets its state. */
export class FakePractice implements PracticeControl {
  readonly #changes = new Emitter<undefined>();
  readonly actions: PracticeAction[] = [];
  now: PracticeView | undefined;

  current(): PracticeView | undefined {
    return this.now;
  }

  act(action: PracticeAction): void {
    this.actions.push(action);
  }

  onChange(listener: () => void): () => void {
    return this.#changes.on(listener);
  }

  become(now: PracticeView | undefined): void {
    this.now = now;
    this.#changes.emit(undefined);
  }
}

/** A real server on a free loopback port, with fakes behind it. */
export class TestServer {
  readonly session = new FakeSession();
  readonly store: SessionStore;
  readonly images: ImageStore;
  readonly camera = new FakeCamera();
  readonly framing = new FakeFraming();
  readonly view: FakeView;
  readonly clock = new FakeClock();
  readonly log = new MemoryLogger();
  readonly server: KioskServer;
  health: () => HealthReport = () => ({
    checks: [{ name: 'storage', ok: true, detail: 'fine' }],
    warnings: [],
  });
  about: () => About = () => ABOUT;
  readonly selfTest = new FakeSelfTest();
  readonly settings: SettingsControl;
  readonly guide = new FakeGuide();
  readonly practice = new FakePractice();
  /** Number of touches reported by screens. */
  touches = 0;

  constructor({
    staticDir = '/nonexistent',
    store = new FakeStore(),
    settings: control = new LockedSettings(),
    operators = new NoOperators(),
    view: shown = new FakeView(),
    images = new FakeImageStore('ask'),
    context = NO_PATIENT,
    patients = { page: () => ({ patients: [] }), one: () => undefined, lesion: () => undefined },
    comparer,
    rescorer = { rescore: () => Promise.reject(new KioskError('model/loading', 'loading')) },
    drive,
    overview = NO_OVERVIEWS,
    overviewImages = NO_OVERVIEW_IMAGES,
    button,
    live,
    thumbnails = { thumbnail: () => Promise.reject(new KioskError('model/loading', 'loading')) },
    ...settings
  }: TestSettings = {}) {
    this.settings = control;
    this.store = store;
    this.view = shown;
    this.images = images;
    this.session.images = images;
    const { session, camera, view, clock, log } = this;
    this.server = createServer({
      instrument: checkAnswers,
      config: {
        host: '127.0.0.1',
        port: 0,
        allowedHosts: '',
        uploadMaxBytes: 2_000,
        exportReferences: false,
        exportDir: '',
        followUpDays: 90,
        ...settings,
      },
      guide: this.guide,
      practice: this.practice,
      ...{
        session,
        store,
        images,
        context,
        patients,
        camera,
        framing: this.framing,
        view: live ?? view,
        clock,
        log,
        classifier,
        drive,
        rescorer,
        thumbnails,
        overview,
        overviewImages,
        staticDir,
        selfTest: this.selfTest,
      },
      about: () => this.about(),
      health: () => this.health(),
      memory: () => Promise.resolve(MEMORY),
      touched: () => (this.touches += 1),
      settings: this.settings,
      operators,
      button: button ?? { press: () => session.press({ source: 'camera', at: clock.monotonic() }) },
      comparer: comparer ?? {
        compare: () => Promise.reject(new KioskError('comparison/failed', 'nothing compares')),
      },
    });
  }

  static async start(settings?: TestSettings): Promise<TestServer> {
    const test = new TestServer(settings);
    await test.server.start();
    return test;
  }

  get url(): string {
    return this.server.address().url;
  }

  get port(): number {
    return this.server.address().port;
  }

  /** A raw request, including its path and Host header; `fetch` would normalise both. */
  async ask(
    path: string,
    {
      method = 'GET',
      headers = {},
      body,
    }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<RawAnswer> {
    const request = httpRequest({ host: '127.0.0.1', port: this.port, path, method, headers, agent: false });
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      text: Buffer.concat(chunks).toString(),
    };
  }

  /** Sends one file in a form, as a browser does. */
  upload(file: Uint8Array, { field = 'file', name = 'lesion.jpg' } = {}): Promise<Response> {
    const form = new FormData();
    form.append(field, new File([new Uint8Array(file)], name));
    return this.send(form);
  }

  send(body: FormData): Promise<Response> {
    return fetch(new URL('/api/captures', this.url), { method: 'POST', body });
  }
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export function faultIn(text: string): FaultCode {
  return (JSON.parse(text) as ErrorBody).error.code;
}

export async function faultOf(response: Response): Promise<{ status: number; code: FaultCode }> {
  return { status: response.status, code: faultIn(await response.text()) };
}
