import { once } from 'node:events';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KioskError } from '../../src/lib/errors.ts';
import type { CommandReply, ScreenEvents, ServerEvents } from '../../src/protocol/events.ts';
import type { Framing } from '../../src/protocol/framing.ts';
import { FAULTS } from '../../src/protocol/reasons.ts';
import type { View } from '../../src/protocol/view.ts';
import { RECEIPT_LIMIT_MS } from '../../src/server/preview-feed.ts';
import { TestServer } from '../fakes/server-parts.ts';
import { LIMIT_MS } from '../support/until.ts';

type Command = 'press' | 'accept' | 'discard' | 'dismiss';

let kiosk: TestServer;
const screens: Screen[] = [];

beforeEach(async () => {
  kiosk = await TestServer.start();
});

afterEach(async () => {
  for (const screen of screens.splice(0)) screen.socket.close();
  await kiosk.server.stop();
});

/** A client without a display that records what it receives. */
class Screen {
  readonly socket: Socket<ServerEvents, ScreenEvents>;
  /** All events in the order of their arrival. */
  readonly received: string[] = [];
  readonly views: View[] = [];
  readonly framings: (Framing | null)[] = [];
  readonly frames: { readonly byte: number; readonly received: () => void }[] = [];
  #waiting: (() => void)[] = [];

  constructor(transports: ('websocket' | 'polling')[] = ['websocket']) {
    this.socket = io(kiosk.url, { transports, forceNew: true, reconnection: false });
    this.socket.on('view', (view) => {
      this.received.push('view');
      this.views.push(view);
      this.#wake();
    });
    this.socket.on('frame', (jpeg, received) => {
      this.received.push('frame');
      this.frames.push({ byte: new Uint8Array(jpeg)[0]!, received });
      this.#wake();
    });
    this.socket.on('framing', (framing) => {
      this.framings.push(framing);
      this.#wake();
    });
    screens.push(this);
  }

  static async open(transports?: ('websocket' | 'polling')[]): Promise<Screen> {
    const screen = new Screen(transports);
    await screen.until(() => screen.views.length > 0);
    return screen;
  }

  async until(condition: () => boolean): Promise<void> {
    const limit = AbortSignal.timeout(LIMIT_MS);
    while (!condition())
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push(resolve);
        limit.onabort = () => {
          reject(new Error(`the screen received only ${JSON.stringify([this.received, this.views.at(-1)])}`));
        };
      });
  }

  command(name: Command): Promise<CommandReply> {
    return this.socket.emitWithAck(name);
  }

  /** The service has read everything that was sent before when it replies to this. */
  async settled(): Promise<void> {
    await this.command('dismiss');
  }

  async preview(on: boolean): Promise<void> {
    this.socket.emit('preview', on);
    await this.settled();
  }

  get bytes(): number[] {
    return this.frames.map(({ byte }) => byte);
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

describe('the framing of the live image', () => {
  it('reaches the screens that show the live image, and only they make the kiosk look', async () => {
    const [live, log] = [await Screen.open(), await Screen.open()];
    expect(kiosk.framing.watched).toBe(false);
    await live.preview(true);
    expect(kiosk.framing.watched).toBe(true);
    kiosk.framing.become({ reason: 'too-blurred', focus: 0.4 });
    await live.until(() => live.framings.length === 2);
    kiosk.framing.become(undefined);
    await live.until(() => live.framings.length === 3);
    // The first is what was known when the live image was switched on.
    expect(live.framings).toEqual([null, { reason: 'too-blurred', focus: 0.4 }, null]);
    await log.settled();
    expect(log.framings).toEqual([]);
    await live.preview(false);
    expect(kiosk.framing.watched).toBe(false);
  });

  it('is no longer looked for when the last screen with the live image is gone', async () => {
    const screen = await Screen.open();
    await screen.preview(true);
    screen.socket.close();
    await expect.poll(() => kiosk.framing.watched).toBe(false);
  });
});

describe('the View', () => {
  it.each([['websocket'], ['polling']] as const)(
    'is sent to a late screen in full and first, by %s',
    async (transport) => {
      for (let i = 0; i < 3; i += 1) kiosk.view.change();
      const screen = await Screen.open([transport]);
      expect(screen.received).toEqual(['view']);
      expect(screen.views).toEqual([kiosk.view.current()]);
      expect(screen.views[0]!.revision).toBe(3);
    },
  );

  it('is sent to every screen after each change', async () => {
    const both = [await Screen.open(), await Screen.open()];
    kiosk.view.change();
    for (const screen of both) {
      await screen.until(() => screen.views.length === 2);
      expect(screen.views.map(({ revision }) => revision)).toEqual([0, 1]);
    }
  });
});

describe('a command', () => {
  it('is executed and acknowledged', async () => {
    const screen = await Screen.open();
    await kiosk.clock.advance(55);
    for (const name of ['press', 'accept', 'discard', 'dismiss'] as const) {
      expect(await screen.command(name)).toEqual({ ok: true });
    }
    expect(kiosk.session.requests).toEqual([{ source: 'camera', at: 55 }]);
    expect(kiosk.session.commands).toEqual(['accept', 'discard', 'dismiss']);
  });

  it('that is not possible is rejected with the fault’s message', async () => {
    const screen = await Screen.open();
    kiosk.session.failure = new KioskError('session/busy', 'internal words');
    expect(await screen.command('press')).toEqual({
      ok: false,
      code: 'session/busy',
      ...FAULTS['session/busy'],
    });
  });

  it('that fails internally leaks nothing, is logged, and the next one works', async () => {
    const screen = await Screen.open();
    kiosk.session.failure = new Error('secret');
    const reply = await screen.command('press');
    expect(reply).toMatchObject({ ok: false, code: 'internal/error' });
    expect(JSON.stringify(reply)).not.toContain('secret');
    expect(kiosk.log.lines).toEqual([expect.objectContaining({ level: 'error' })]);
    kiosk.session.failure = undefined;
    expect(await screen.command('press')).toEqual({ ok: true });
  });

  it('is rejected in a flood, for the flooding screen only', async () => {
    const [screen, other] = [await Screen.open(), await Screen.open()];
    const replies = await Promise.all(Array.from({ length: 30 }, () => screen.command('press')));
    expect(replies.filter(({ ok }) => ok)).toHaveLength(20);
    expect(replies.at(-1)).toMatchObject({ code: 'request/too-many' });
    expect(await other.command('press')).toEqual({ ok: true });
  });
});

describe('the preview', () => {
  it('is off until a screen requests it, separately for each screen', async () => {
    const [watching, reading] = [await Screen.open(), await Screen.open()];
    await watching.preview(true);
    kiosk.camera.show(1);
    await watching.until(() => watching.frames.length === 1);
    await reading.settled();
    expect([watching.bytes, reading.bytes]).toEqual([[1], []]);
  });

  it('starts at once with the frame that has just arrived', async () => {
    const screen = await Screen.open();
    kiosk.camera.show(1);
    kiosk.camera.show(2);
    await screen.preview(true);
    await screen.until(() => screen.frames.length === 1);
    expect(screen.bytes).toEqual([2]);
  });

  it('never starts with a frame that is no longer live', async () => {
    const screen = await Screen.open();
    kiosk.camera.show(1);
    await kiosk.clock.advance(1000);
    await screen.preview(true);
    kiosk.camera.show(2);
    await screen.until(() => screen.frames.length === 1);
    expect(screen.bytes).toEqual([2]);
  });

  it('sends the next frame after the acknowledgement, and then the newest', async () => {
    const screen = await Screen.open();
    await screen.preview(true);
    for (const byte of [1, 2, 3]) kiosk.camera.show(byte);
    await screen.until(() => screen.frames.length === 1);
    kiosk.camera.show(4);
    await screen.settled();
    expect(screen.bytes).toEqual([1]);
    screen.frames[0]!.received();
    await screen.until(() => screen.frames.length === 2);
    screen.frames[1]!.received();
    await screen.settled();
    kiosk.camera.show(5);
    await screen.until(() => screen.frames.length === 3);
    expect(screen.bytes).toEqual([1, 4, 5]);
  });

  it('continues if an acknowledgement never arrives', async () => {
    const screen = await Screen.open();
    await screen.preview(true);
    kiosk.camera.show(1);
    kiosk.camera.show(2);
    await kiosk.clock.advance(RECEIPT_LIMIT_MS);
    await screen.until(() => screen.frames.length === 2);
    expect(screen.bytes).toEqual([1, 2]);
  });

  it('stops at the request of the screen', async () => {
    const screen = await Screen.open();
    await screen.preview(true);
    kiosk.camera.show(1);
    await screen.until(() => screen.frames.length === 1);
    await screen.preview(false);
    screen.frames[0]!.received();
    kiosk.camera.show(2);
    await screen.settled();
    expect(screen.bytes).toEqual([1]);
  });
});

describe('a screen that sends invalid data', () => {
  it('cannot stop the service', async () => {
    const screen = await Screen.open();
    const raw = screen.socket as unknown as Socket;
    for (const event of [
      'error',
      'press',
      'accept',
      'preview',
      'view',
      'frame',
      '__proto__',
      'constructor',
      'x',
    ]) {
      for (const value of [null, 0, 'text', {}, [[]], Buffer.from('x'), { length: 1e9 }])
        raw.emit(event, value);
      raw.emit(event);
    }
    await kiosk.clock.advance(60_000);
    await screen.settled();
    kiosk.camera.show(1);
    await screen.settled();
    expect(screen.frames).toEqual([]);
    expect(await (await Screen.open()).command('accept')).toEqual({ ok: true });
  });

  it('is disconnected if its message is too large', async () => {
    const screen = await Screen.open();
    (screen.socket as unknown as Socket).emit('press', 'x'.repeat(20_000));
    await once(screen.socket as unknown as NodeJS.EventEmitter, 'disconnect');
    expect(kiosk.session.requests).toEqual([]);
    expect((await Screen.open()).views).toHaveLength(1);
  });

  it('is disconnected if its packets are malformed', async () => {
    const screen = await Screen.open();
    const { engine } = screen.socket.io;
    engine.write('4{"broken');
    await once(screen.socket as unknown as NodeJS.EventEmitter, 'disconnect');
    expect((await Screen.open()).views).toHaveLength(1);
  });

  it('gets neither a script nor another namespace from socket.io', async () => {
    expect((await kiosk.ask('/socket.io/socket.io.js')).text).not.toContain('function');
    const otherNamespace = io(`${kiosk.url}/admin`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    const [error] = (await once(otherNamespace as unknown as NodeJS.EventEmitter, 'connect_error')) as [
      Error,
    ];
    otherNamespace.close();
    expect(error.message).toBe('Invalid namespace');
  });
});

describe('the touches and the heartbeat of a screen', () => {
  const health = async (): Promise<{ readonly status: number; readonly body: unknown }> => {
    const answer = await fetch(`${kiosk.url}/health/screen`);
    return { status: answer.status, body: await answer.json() };
  };

  it('count every touch', async () => {
    const screen = await Screen.open();
    screen.socket.emit('active');
    screen.socket.emit('active');
    // A command sent after them is acknowledged after them.
    await screen.command('dismiss');
    expect(kiosk.touches).toBe(2);
  });

  it('keep the screen healthy for a limited time, and not before the first beat', async () => {
    const screen = await Screen.open();
    expect(await health()).toEqual({ status: 503, body: { draws: false } });
    screen.socket.emit('beat');
    await screen.command('dismiss');
    await kiosk.clock.advance(20_000);
    expect(await health()).toEqual({ status: 200, body: { draws: true, silentMs: 20_000 } });
    await kiosk.clock.advance(1);
    expect(await health()).toMatchObject({ status: 503, body: { draws: false } });
  });
});
