import { io, type Socket } from 'socket.io-client';
import type { ScreenEvents, ServerEvents } from '../../src/protocol/events.ts';
import type { View } from '../../src/protocol/view.ts';

/** A screen without pixels: it remembers the newest View and waits for the one it is asked for. */
export class Screen {
  readonly socket: Socket<ServerEvents, ScreenEvents>;
  #view: View | undefined;
  #waiting: (() => void)[] = [];

  constructor(url: string) {
    this.socket = io(url, { transports: ['websocket'] });
    this.socket.on('view', (view) => {
      this.#view = view;
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  async until(condition: (view: View) => boolean): Promise<View> {
    while (this.#view === undefined || !condition(this.#view)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
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

  press(): void {
    this.socket.emit('press', () => undefined);
  }
}
