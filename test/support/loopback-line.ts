import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** The kiosk accepts a host name only with its own port, so the line uses the same port at another loopback address. */
export const LINE_HOST = '127.0.0.2';

/** A line between a screen and its kiosk, which must allow LINE_HOST. It can be cut, which breaks every connection, and restored. */
export class LoopbackLine {
  readonly url: string;
  readonly #server: Server;
  readonly #port: number;
  readonly #ends: Set<Socket>;

  private constructor(server: Server, ends: Set<Socket>, port: number) {
    this.#server = server;
    this.#ends = ends;
    this.#port = port;
    this.url = `http://${LINE_HOST}:${port}`;
  }

  static async to(kioskUrl: string): Promise<LoopbackLine> {
    const ends = new Set<Socket>();
    const { hostname, port } = new URL(kioskUrl);
    const server = createServer((screen) => {
      const kiosk = connect(Number(port), hostname);
      for (const [end, other] of [
        [screen, kiosk],
        [kiosk, screen],
      ] as const) {
        ends.add(end);
        end.pipe(other);
        // A broken end closes the other; the cause is not an error of the line.
        end.on('error', () => {});
        end.once('close', () => {
          ends.delete(end);
          other.destroy();
        });
      }
    });
    const line = new LoopbackLine(server, ends, Number(port));
    await line.mend();
    return line;
  }

  async cut(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const end of this.#ends) end.destroy();
    await closed;
  }

  async mend(): Promise<void> {
    this.#server.listen(this.#port, LINE_HOST);
    await once(this.#server, 'listening');
  }
}
