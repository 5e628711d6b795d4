import { io, type Socket } from 'socket.io-client';
import { setTimeout } from 'node:timers/promises';
import type { ScreenEvents, ServerEvents } from '../../src/protocol/events.ts';
import type { View } from '../../src/protocol/view.ts';
import { Limit } from './limit.ts';
import type { Machine } from './machine.ts';

/** Everything takes ten to a hundred times as long in emulation; the tests check what happens, not how fast. */
const EMULATED: Readonly<Record<string, string>> = {
  KIOSK_HOST: '0.0.0.0',
  KIOSK_DATA_DIR: '/data',
  KIOSK_CAMERA_WIDTH: '480',
  KIOSK_CAMERA_HEIGHT: '360',
  KIOSK_CAMERA_FPS: '1',
  KIOSK_CAMERA_STALLED_MS: '60000',
  KIOSK_CAPTURE_TIMEOUT_MS: '60000',
  KIOSK_INFERENCE_TIMEOUT_MS: '120000',
  KIOSK_BURST_FRAMES: '1',
  // A loop that is a second late would see a press of a second.
  KIOSK_BUTTON_LONG_PRESS_MS: '0',
};

/** The line of the board's button. */
export const BUTTON: Readonly<Record<string, string>> = {
  KIOSK_BUTTON_CHIP: '9030000.pl061',
  KIOSK_BUTTON_LINE: '3',
  KIOSK_BUTTON_ACTIVE_LOW: 'false',
};

const CONNECT_LIMIT_MS = 600_000;

/** All settings of a kiosk on this board. */
export function settingsOf(machine: Machine, settings: Record<string, string>): [string, string][] {
  return Object.entries({ ...EMULATED, KIOSK_PORT: String(machine.port), ...settings });
}

/** The kiosk on the board, started as it ships, and a screen that is connected over socket.io. */
export class BoardKiosk {
  readonly #machine: Machine;
  readonly #socket: Socket<ServerEvents, ScreenEvents>;
  #view: View | undefined;
  #wake = (): void => undefined;

  private constructor(machine: Machine) {
    this.#machine = machine;
    // The socket reconnects while the service is still loading.
    this.#socket = io(`http://127.0.0.1:${machine.port}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelayMax: 1000,
    });
    this.#socket.on('view', (view) => {
      this.#view = view;
      this.#wake();
    });
  }

  static async start(machine: Machine, settings: Record<string, string>): Promise<BoardKiosk> {
    const words = settingsOf(machine, settings).map(([name, value]) => `${name}='${value}'`);
    const start = `env ${words.join(' ')} node bin/kiosk.js start >/run/kiosk.log 2>&1 & echo $! >/run/kiosk.pid`;
    await machine.must(start);
    return BoardKiosk.shown(machine);
  }

  /** A kiosk that was started by others. */
  static async shown(machine: Machine): Promise<BoardKiosk> {
    const kiosk = new BoardKiosk(machine);
    await kiosk.until('the first view', () => true, CONNECT_LIMIT_MS);
    return kiosk;
  }

  get view(): View {
    if (this.#view === undefined) throw new Error('no view has arrived yet');
    return this.#view;
  }

  /**
   * The first view that satisfies a condition, the current one included.
   *
   * @throws Error with the view and the kiosk's log if none arrives in time, or there is no model
   */
  async until(what: string, condition: (view: View) => boolean, limitMs: number): Promise<View> {
    const limit = new Limit(what, limitMs, this.#machine.deadline);
    for (;;) {
      if (this.#view !== undefined && condition(this.#view)) return this.#view;
      const left = limit.left();
      if (left <= 0 || this.#view?.model.state === 'none') throw await this.#failure(what);
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await Promise.race([woken, setTimeout(left, undefined, { ref: false })]);
    }
  }

  /** Waits until a press can succeed. */
  ready(limitMs: number): Promise<View> {
    return this.until(
      'ready',
      ({ model, camera, button }) =>
        model.state === 'ready' && camera.state === 'live' && button.state === 'ready',
      limitMs,
    );
  }

  /** Presses the board's own button and waits for the end of the session that it opens. */
  async press(limitMs: number): Promise<Extract<View['session'], { number?: number }>> {
    const before = numberOf(this.#view);
    await this.#machine.press();
    const ended = ['showing', 'retake', 'fault'];
    const { session } = await this.until(
      'the end of a session',
      (view) => ended.includes(view.session.state) && numberOf(view) > before,
      limitMs,
    );
    return session as Extract<View['session'], { number?: number }>;
  }

  /** Disconnects the screen; the kiosk keeps running. */
  leave(): void {
    this.#socket.disconnect();
  }

  async stop(): Promise<void> {
    this.leave();
    await this.#machine.must(
      'kill $(cat /run/kiosk.pid); while kill -0 $(cat /run/kiosk.pid) 2>/dev/null; do sleep 0.2; done',
      120_000,
    );
  }

  async #failure(what: string): Promise<Error> {
    const { output } = await this.#machine.run(
      'tail -n 30 /run/kiosk.log 2>/dev/null || journalctl -u kiosk -n 30 --no-pager',
    );
    return new Error(
      `the board’s kiosk did not reach: ${what}; view ${JSON.stringify(this.#view)}; log ${output}`,
    );
  }
}

/** Of the session on the screen; 0 when there is none. */
function numberOf(view: View | undefined): number {
  return view !== undefined && 'number' in view.session ? (view.session.number ?? 0) : 0;
}
