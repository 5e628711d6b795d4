import { io, type Socket } from 'socket.io-client';
import type { CommandReply, ScreenEvents, ServerEvents } from '../../src/protocol/events.ts';
import type { View } from '../../src/protocol/view.ts';
import { untilPressCounts } from './press.ts';
import { LIMIT_MS } from './until.ts';

/** A headless screen, which stores the latest view and can wait for one. */
export class Screen {
  readonly socket: Socket<ServerEvents, ScreenEvents>;
  readonly #url: string;
  #view: View | undefined;
  #waiting: (() => void)[] = [];

  constructor(url: string) {
    this.#url = url;
    this.socket = io(url, { transports: ['websocket'] });
    this.socket.on('view', (view) => {
      this.#view = view;
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  async until(condition: (view: View) => boolean): Promise<View> {
    const limit = AbortSignal.timeout(LIMIT_MS);
    while (this.#view === undefined || !condition(this.#view)) {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push(resolve);
        limit.onabort = () => {
          reject(new Error(`the kiosk still shows ${JSON.stringify(this.#view)}`));
        };
      });
    }
    return this.#view;
  }

  untilSession(state: View['session']['state']): Promise<View> {
    return this.until(({ session }) => session.state === state);
  }

  ready(): Promise<View> {
    return this.until(({ camera, model }) => camera.state === 'live' && model.state === 'ready');
  }

  close(): void {
    this.socket.close();
  }

  /**
   * Presses as soon as a press starts a session; fails if none was started.
   *
   * @returns when it was sent, ms of this machine's monotonic clock
   */
  async press(): Promise<number> {
    await untilPressCounts(this.#url);
    const at = Number(process.hrtime.bigint()) / 1e6;
    const reply = (await this.socket.timeout(LIMIT_MS).emitWithAck('press')) as CommandReply;
    if (!reply.ok) throw new Error(`the press started no session: ${reply.code}`);
    return at;
  }
}
