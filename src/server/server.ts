import { lookup } from 'node:dns/promises';
import type { Socket } from 'node:net';
import type { Camera } from '../camera/port.ts';
import type { SelfTestControl } from '../diagnostics/port.ts';
import type { ImageDrive } from '../drive/port.ts';
import type { HealthReport } from '../protocol/diagnostics.ts';
import type { Classifier, Thumbnailer } from '../classifier/port.ts';
import type { Clock } from '../lib/clock.ts';
import { KioskError } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import { Turns } from '../lib/turns.ts';
import type { About, MemoryReport } from '../protocol/http.ts';
import type { OperatorControl } from '../operators/port.ts';
import type { OverviewControl } from '../overview/port.ts';
import type { ImageStore, OverviewImages } from '../retention/port.ts';
import type { PracticeControl } from '../practice/port.ts';
import type { PressControl, SessionControl } from '../session/port.ts';
import type { GuideControl, SettingsControl } from '../settings/port.ts';
import type { PatientReader, SessionStore } from '../store/port.ts';
import { Guard, hostOf, isLoopback } from './guard.ts';
import { createApp, type HttpApp, type WriteLimit } from './http.ts';
import { addAssignmentRoute } from './routes/assignments.ts';
import { addReviewRoute } from './routes/assessments.ts';
import { addCaptureRoute } from './routes/captures.ts';
import { addContextRoutes, type PatientControl } from './routes/context.ts';
import { addDriveRoutes } from './routes/drive.ts';
import { addExportRoutes } from './routes/exports.ts';
import { addOverviewRoutes } from './routes/overviews.ts';
import { addPatientRoutes } from './routes/patients.ts';
import { addGuideRoutes } from './routes/guide.ts';
import { addLesionRoutes, type CaptureComparer } from './routes/lesions.ts';
import { addLogRoutes } from './routes/log.ts';
import { addOperatorRoutes } from './routes/operators.ts';
import { PracticeGuard } from './practice-guard.ts';
import { addPictureRoutes } from './routes/pictures.ts';
import { addPracticeRoute } from './routes/practice.ts';
import { addRescoreRoute, type SessionRescorer } from './routes/rescores.ts';
import { addSelfTestRoutes } from './routes/self-test.ts';
import { addSessionRoutes } from './routes/session.ts';
import { addScreenRoute, addStatusRoutes, isDrawn } from './routes/status.ts';
import { SessionThumbnails } from './session-thumbnails.ts';
import { ScreenSockets, type FramingSource } from './socket.ts';
import { addStaticScreen } from './static-screen.ts';
import { UnlockGuard } from './unlock-guard.ts';
import type { ViewSource } from './view-source.ts';

/** The settings that the server needs; `Config` has them all. */
export interface ServerSettings {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly allowedHosts: string;
  readonly uploadMaxBytes: number;
  readonly exportReferences: boolean;
  readonly exportDir: string;
  readonly followUpDays: number;
}

export interface ServerOptions {
  readonly config: ServerSettings;
  readonly session: SessionControl;
  readonly button: PressControl;
  readonly context: PatientControl;
  readonly store: SessionStore;
  readonly patients: PatientReader;
  readonly images: ImageStore;
  readonly overview: OverviewControl;
  readonly overviewImages: OverviewImages;
  readonly comparer: CaptureComparer;
  readonly rescorer: SessionRescorer;
  readonly classifier: Classifier;
  readonly thumbnails: Thumbnailer;
  /** Images to upload from the kiosk's own screen; `undefined` if no folder is configured. */
  readonly drive: ImageDrive | undefined;
  /** What the live preview shows. */
  readonly camera: Pick<Camera, 'onFrame'>;
  readonly practice: PracticeControl;
  readonly framing: FramingSource;
  readonly view: ViewSource;
  readonly about: () => About;
  readonly health: () => HealthReport;
  readonly selfTest: SelfTestControl;
  readonly settings: SettingsControl;
  readonly guide: GuideControl;
  readonly operators: OperatorControl;
  readonly memory: () => Promise<MemoryReport>;
  /** Called when a screen is touched. */
  readonly touched: () => void;
  /** Folder of the built screen. */
  readonly staticDir: string;
  readonly log: Logger;
  readonly clock: Clock;
  /** Sees the HTTP app before it has routes: the generator of `docs/api`, and tests. */
  readonly instrument?: (app: HttpApp) => void | Promise<void>;
  /** In place of the usual limit on writes; tests only. */
  readonly writeLimit?: WriteLimit | undefined;
}

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

export interface KioskServer extends Service {
  /** The URL it is bound to. @throws Error before it is started */
  address(): ServerAddress;
  /** Whether a screen draws, on which somebody could answer. */
  isDrawn(): boolean;
}

export function createServer(options: ServerOptions): KioskServer {
  return new HttpKioskServer(options);
}

class HttpKioskServer implements KioskServer {
  readonly name = 'server';
  readonly #options: ServerOptions;
  readonly #connections = new Set<Socket>();
  #app: HttpApp | undefined;
  #sockets: ScreenSockets | undefined;
  #address: ServerAddress | undefined;
  #starting: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  /** @throws KioskError `server/listen` if the address is unavailable */
  start(): Promise<void> {
    this.#starting = this.#open();
    return this.#starting;
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#close();
    return this.#stopping;
  }

  address(): ServerAddress {
    if (this.#address === undefined) throw new Error('the server is not started');
    return this.#address;
  }

  isDrawn(): boolean {
    return isDrawn(this.#sockets?.silentMs());
  }

  async #open(): Promise<void> {
    const { config, staticDir, session, clock, log, writeLimit } = this.#options;
    const guard = new Guard(config);
    const app = createApp({ guard, clock, log, writeLimit });
    this.#app = app;
    await this.#options.instrument?.(app);
    const unlockGuard = new UnlockGuard(this.#options);
    unlockGuard.protect(app);
    const practiceGuard = new PracticeGuard(this.#options.practice);
    practiceGuard.protect(app);
    const turns = new Turns();
    const thumbnails = new SessionThumbnails({ ...this.#options, turns });
    const parts = { ...this.#options, unlockGuard, practiceGuard };
    addSessionRoutes(app, parts);
    addContextRoutes(app, this.#options);
    addPatientRoutes(app, parts);
    addCaptureRoute(app, { session, maxBytes: config.uploadMaxBytes, clock });
    addDriveRoutes(app, { ...this.#options, turns });
    addLogRoutes(app, this.#options);
    addExportRoutes(app, parts);
    addPictureRoutes(app, { ...parts, thumbnails });
    addLesionRoutes(app, parts);
    addOverviewRoutes(app, { ...parts, turns });
    addReviewRoute(app, parts);
    addAssignmentRoute(app, parts);
    addRescoreRoute(app, parts);
    addOperatorRoutes(app, parts);
    addStatusRoutes(app, this.#options);
    addSelfTestRoutes(app, this.#options);
    addGuideRoutes(app, this.#options);
    addPracticeRoute(app, this.#options);
    addStaticScreen(app, staticDir);
    const sockets = new ScreenSockets({ ...parts, guard });
    this.#sockets = sockets;
    addScreenRoute(app, () => sockets.silentMs());
    sockets.open(app.server);
    app.server.on('connection', (socket: Socket) => {
      this.#watch(socket);
    });
    app.addHook('preClose', (done) => {
      sockets.close();
      for (const socket of this.#connections) socket.destroy();
      done();
    });
    this.#address = await listen(app, config);
    guard.bound({ address: this.#address.host, port: this.#address.port });
    if (!isLoopback(this.#address.host)) {
      log.warn(
        { host: this.#address.host },
        'open to the network: put authentication and TLS in front of it',
      );
    }
  }

  async #close(): Promise<void> {
    await this.#starting.catch(() => undefined);
    await this.#app?.close();
  }

  /** Uploads in progress, kept-alive connections and upgraded sockets all end with the server, immediately. */
  #watch(socket: Socket): void {
    if (this.#stopping !== undefined) {
      socket.destroy();
      return;
    }
    this.#connections.add(socket);
    socket.once('close', () => this.#connections.delete(socket));
  }
}

/** A name is resolved here, once: Fastify would open a second server for `localhost`, unknown to socket.io. */
async function listen(app: HttpApp, { host, port }: ServerSettings): Promise<ServerAddress> {
  try {
    const { address } = await lookup(host);
    await app.listen({ host: address, port });
  } catch (cause) {
    throw new KioskError('server/listen', `cannot listen on ${hostOf(host)}:${port}`, { cause });
  }
  const bound = app.server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server is not listening on a port');
  return { host: bound.address, port: bound.port, url: `http://${reachable(bound.address)}:${bound.port}` };
}

/** A browser cannot connect to “any address”. */
function reachable(address: string): string {
  return { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[address] ?? hostOf(address);
}
