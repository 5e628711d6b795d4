import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { Camera, Frame } from '../camera/port.ts';
import type { Clock } from '../lib/clock.ts';
import { describe } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { CommandReply, ScreenEvents, ServerEvents } from '../protocol/events.ts';
import type { SettingsReply } from '../protocol/settings.ts';
import type { OperatorControl, UnlockToken } from '../operators/port.ts';
import type { PressControl, SessionControl } from '../session/port.ts';
import type { SettingsControl } from '../settings/port.ts';
import type { Framing } from '../protocol/framing.ts';
import type { Guard } from './guard.ts';
import { isAnswerCommand, isContextChange, isOpinionCommand } from './context-change.ts';
import { SECURITY_HEADERS } from './headers.ts';
import { PreviewFeed } from './preview-feed.ts';
import { bodyOf, HttpError, httpErrorFrom, replyOf } from './http-error.ts';
import { isLocalScreen } from './local-screen.ts';
import { SETTINGS_COMMANDS, SettingsSession } from './settings-session.ts';
import type { PracticeControl } from '../practice/port.ts';
import type { PracticeGuard } from './practice-guard.ts';
import type { PatientControl } from './routes/context.ts';
import { tokenIn, type UnlockGuard } from './unlock-guard.ts';
import { TokenBucket } from './token-bucket.ts';
import type { ViewSource } from './view-source.ts';

/** Maximum message size, bytes: a screen sends only short commands and acknowledgements. */
const MAX_MESSAGE_BYTES = 10_000;
/** A disconnected screen is detected after both together, ms. */
const PING_INTERVAL_MS = 10_000;
const PING_TIMEOUT_MS = 10_000;
/** An older frame is not sent to a screen that switches its preview on, ms: it would look live. */
const LIVE_FRAME_MS = 500;
const COMMAND_BURST = 20;
const COMMANDS_PER_SECOND = 20;
const SETTINGS_PER_SECOND = 5;

/** What a press would find in the live image, as long as a screen shows it. */
export interface FramingSource {
  current(): Framing | undefined;
  onChange(listener: (framing: Framing | undefined) => void): () => void;
  setWatched(on: boolean): void;
}

type Screen = Socket<ScreenEvents, ServerEvents>;

export interface ScreenSocketsOptions {
  readonly guard: Guard;
  readonly session: SessionControl;
  readonly button: PressControl;
  readonly context: PatientControl;
  readonly view: ViewSource;
  /** What the live preview shows. */
  readonly camera: Pick<Camera, 'onFrame'>;
  readonly practice: Pick<PracticeControl, 'onChange'>;
  readonly practiceGuard: PracticeGuard;
  readonly framing: FramingSource;
  readonly settings: SettingsControl;
  readonly operators: OperatorControl;
  readonly unlockGuard: UnlockGuard;
  /** Called when a screen is touched. */
  readonly touched: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The touchscreen and every other open page: all get the same View, each its own preview. */
export class ScreenSockets {
  readonly #options: ScreenSocketsOptions;
  readonly #feeds = new Map<Screen, PreviewFeed>();
  /** The unlock of each screen. */
  readonly #tokens = new Map<Screen, UnlockToken>();
  #io: Server<ScreenEvents, ServerEvents> | undefined;
  #subscriptions: (() => void)[] = [];
  #lastBeat: number | undefined;
  /** The newest frame, so that a preview is not black until the next. */
  #newest: Frame | undefined;

  constructor(options: ScreenSocketsOptions) {
    this.#options = options;
  }

  open(server: HttpServer): void {
    const { guard, view, camera, practice, framing, operators } = this.#options;
    const io = new Server<ScreenEvents, ServerEvents>(server, {
      serveClient: false,
      transports: ['websocket', 'polling'],
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      // JPEG does not compress further, and loopback does not need it.
      perMessageDeflate: false,
      httpCompression: false,
    });
    // Instead of `allowRequest`, which is called at the handshake only: this also covers later requests of a polling
    // session.
    io.engine.use(entrance(guard));
    io.on('connection', (screen) => {
      this.#accept(screen);
    });
    this.#io = io;
    this.#subscriptions = [
      view.onChange(() => {
        for (const screen of io.sockets.sockets.values()) this.#sendView(screen);
      }),
      operators.onLocked((token) => {
        this.#locked(token);
      }),
      camera.onFrame((frame) => {
        this.#newest = frame;
        for (const feed of this.#feeds.values()) feed.offer(frame.jpeg);
      }),
      practice.onChange(() => {
        // No simulated frame after its end, and none of a patient once it has begun.
        this.#newest = undefined;
        for (const feed of this.#feeds.values()) feed.forget();
      }),
      framing.onChange((found) => {
        for (const [screen, feed] of this.#feeds) {
          if (!feed.on) continue;
          // A busy screen may miss a level, but not that nothing is known any more: its ring would stay green.
          if (found === undefined) screen.emit('framing', null);
          else screen.volatile.emit('framing', found);
        }
      }),
    ];
  }

  /** Time since a screen last reported that it renders, ms; `undefined` before the first. */
  silentMs(): number | undefined {
    return this.#lastBeat === undefined ? undefined : this.#options.clock.monotonic() - this.#lastBeat;
  }

  /**
   * Clients see a lost connection, not a disconnect by the server: after the latter they would not reconnect
   * automatically.
   */
  close(): void {
    for (const unsubscribe of this.#subscriptions.splice(0)) unsubscribe();
    this.#newest = undefined;
    for (const feed of this.#feeds.values()) feed.stop();
    this.#io?.engine.close();
  }

  #accept(screen: Screen): void {
    const { touched, clock } = this.#options;
    const feed = new PreviewFeed({
      clock,
      // A copy in its own buffer, as the browser receives it.
      send: (jpeg, received) => screen.emit('frame', new Uint8Array(jpeg).buffer, received),
    });
    this.#feeds.set(screen, feed);
    screen.on('disconnect', () => {
      feed.stop();
      this.#feeds.delete(screen);
      this.#tokens.delete(screen);
      this.#watchFraming();
    });
    screen.on('preview', (on: unknown) => {
      if (typeof on !== 'boolean') return;
      feed.switch(on);
      if (on) this.#offerNewest(feed);
      this.#watchFraming();
      if (on) screen.emit('framing', this.#options.framing.current() ?? null);
    });
    screen.on('active', () => {
      // A touch keeps the screen's own unlock.
      this.#options.operators.holder(this.#tokens.get(screen));
      touched();
    });
    screen.on('beat', () => {
      this.#lastBeat = clock.monotonic();
    });
    this.#serveUnlock(screen);
    this.#serveCommands(screen);
    this.#serveSettings(screen);
    this.#sendView(screen);
  }

  #offerNewest(feed: PreviewFeed): void {
    const newest = this.#newest;
    if (newest === undefined || this.#options.clock.monotonic() - newest.receivedAt > LIVE_FRAME_MS) return;
    feed.offer(newest.jpeg);
  }

  /** Before all events: those that need an unlock are refused without one. */
  #serveUnlock(screen: Screen): void {
    const { unlockGuard, practiceGuard, operators } = this.#options;
    const own = isLocalScreen(screen.handshake.headers, screen.conn.remoteAddress);
    const attach = (token: UnlockToken | undefined): boolean => {
      const valid = token !== undefined && operators.holder(token) !== undefined;
      if (valid) this.#tokens.set(screen, token);
      return valid;
    };
    // A page that reconnects is still unlocked.
    attach(tokenIn(screen.handshake.headers));
    screen.use((event: readonly unknown[], next) => {
      const refuse = (error: unknown): void => {
        const reply = event.at(-1);
        if (typeof reply === 'function')
          (reply as (answer: CommandReply) => void)(replyOf(httpErrorFrom(error)));
      };
      const admitted = unlockGuard.checkEvent(event, this.#tokens.get(screen)).then(() => {
        practiceGuard.checkEvent(event, own);
      });
      void admitted.then(() => {
        next();
      }, refuse);
    });
    screen.on('unlocked', (token: unknown, reply: unknown) => {
      const answer = this.#run(() => {
        if (typeof token !== 'string') throw new HttpError('request/invalid');
        if (!attach(token)) throw new HttpError('operator/locked');
      });
      if (typeof reply === 'function') (reply as (answer: CommandReply) => void)(answer);
      this.#sendView(screen);
    });
  }

  #locked(token: UnlockToken): void {
    for (const [screen, own] of [...this.#tokens]) {
      if (own !== token) continue;
      this.#tokens.delete(screen);
      screen.emit('locked');
      this.#sendView(screen);
    }
  }

  /** The patient is shown on the kiosk itself, and elsewhere to an operator only. */
  #sendView(screen: Screen): void {
    const { view, unlockGuard } = this.#options;
    const own = isLocalScreen(screen.handshake.headers, screen.conn.remoteAddress);
    screen.emit('view', unlockGuard.viewFor(view.current(), own || this.#tokens.has(screen)));
  }

  #watchFraming(): void {
    this.#options.framing.setWatched([...this.#feeds.values()].some(({ on }) => on));
  }

  #serveCommands(screen: Screen): void {
    const { session, button, context, clock } = this.#options;
    const bucket = new TokenBucket({ burst: COMMAND_BURST, perSecond: COMMANDS_PER_SECOND, clock });
    const commands = {
      press: () => button.press(),
      retake: () => context.retake(() => button.press()),
      accept: () => {
        session.accept();
      },
      discard: () => {
        session.discard();
      },
      dismiss: () => {
        session.dismiss();
      },
    };
    const obey = (command: () => unknown, reply: unknown): void => {
      const answer = bucket.take() ? this.#run(command) : replyOf(new HttpError('request/too-many'));
      if (typeof reply === 'function') (reply as (answer: CommandReply) => void)(answer);
    };
    for (const name of ['press', 'retake', 'accept', 'discard', 'dismiss'] as const) {
      screen.on(name, (...args: unknown[]) => {
        obey(commands[name], args.at(-1));
      });
    }
    screen.on('answer', (answer: unknown, reply: unknown) => {
      obey(() => {
        if (!isAnswerCommand(answer)) throw new HttpError('request/invalid');
        session.answer(answer);
      }, reply);
    });
    screen.on('opinion', (opinion: unknown, reply: unknown) => {
      obey(() => {
        if (!isOpinionCommand(opinion)) throw new HttpError('request/invalid');
        session.giveOpinion(opinion, this.#options.operators.holder(this.#tokens.get(screen))?.operator);
      }, reply);
    });
    screen.on('context', (change: unknown, reply: unknown) => {
      obey(() => {
        if (!isContextChange(change)) throw new HttpError('request/invalid');
        context.change(change);
      }, reply);
    });
  }

  /** A disconnecting screen is locked: the unlock belongs to the connection. */
  #serveSettings(screen: Screen): void {
    const { settings, operators, log } = this.#options;
    const localScreen = isLocalScreen(screen.handshake.headers, screen.conn.remoteAddress);
    const counter = new SettingsSession({
      ...{ settings, localScreen, log },
      holder: () => operators.holder(this.#tokens.get(screen)),
      lock: () => {
        operators.closeSettings(this.#tokens.get(screen));
      },
    });
    const bucket = new TokenBucket({
      burst: COMMAND_BURST,
      perSecond: SETTINGS_PER_SECOND,
      clock: this.#options.clock,
    });
    for (const name of SETTINGS_COMMANDS) {
      screen.on(name, (...args: unknown[]) => {
        const reply = args.at(-1);
        if (typeof reply !== 'function') return;
        const answer = bucket.take()
          ? counter.serve(name, args[0])
          : counter.refuse(new HttpError('request/too-many'));
        void answer.then(reply as (answer: SettingsReply) => void);
      });
    }
    screen.on('disconnect', () => {
      counter.close();
    });
  }

  /** An exception here must not reach the socket's emitter: it would end the process. */
  #run(command: () => unknown): CommandReply {
    try {
      command();
      return { ok: true };
    } catch (error) {
      const refusal = httpErrorFrom(error);
      if (refusal.fault === 'internal/error') {
        this.#options.log.error({ error: describe(error) }, 'a command of the screen failed');
      }
      return replyOf(refusal);
    }
  }
}

/** The same header, Host and Origin rules as for HTTP, for every request handled by socket.io. */
function entrance(guard: Guard) {
  return (request: IncomingMessage, response: ServerResponse, next: (error?: Error) => void): void => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const addressed = guard.allowsHost(request.headers);
    if (addressed && guard.allowsOrigin(request.headers)) {
      next();
      return;
    }
    const refusal = new HttpError('request/refused', { status: addressed ? 403 : 421 });
    response.writeHead(refusal.status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(bodyOf(refusal)));
    next(refusal);
  };
}
