import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { describe, expect, it } from 'vitest';
import { JPEG, TestServer } from '../fakes/server-parts.ts';

/** Far more than a stop takes, and far less than any time-out by which a connection could delay it. */
const STOP_LIMIT = 4_000;

describe('stop', () => {
  it(
    'closes keep-alive and idle connections, uploads, pending replies and sockets at once',
    async () => {
      const kiosk = await TestServer.start();
      const { port, url } = kiosk;
      expect((await fetch(new URL('/api/view', url))).status).toBe(200);

      const silent = connect(port, '127.0.0.1');
      await once(silent, 'connect');
      silent.write('GET / HTTP/1.1\r\nHost: ');

      const upload = httpRequest({
        port,
        path: '/api/captures',
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
      });
      const uploadBroken = once(upload, 'error').catch(() => undefined);
      upload.write('--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nhalf');
      upload.on('error', () => {});

      kiosk.session.ending = 'never';
      const unanswered = kiosk.upload(JPEG).catch(() => 'broken off');

      const screens = await Promise.all([openScreen(url, 'websocket'), openScreen(url, 'polling')]);
      const lost = screens.map((screen) => once(screen as unknown as NodeJS.EventEmitter, 'disconnect'));
      screens[0].emit('preview', true);

      const silentClosed = once(silent, 'close');
      silent.on('error', () => {});
      await kiosk.server.stop();
      await Promise.all([silentClosed, uploadBroken]);
      expect(await unanswered).toBe('broken off');
      for (const [reason] of (await Promise.all(lost)) as string[][]) {
        // After any other reason a screen would not reconnect by itself.
        expect(reason).toMatch(/^transport (close|error)$/);
      }
      for (const screen of screens) screen.close();
      await expect(fetch(new URL('/health/live', url))).rejects.toThrow();
    },
    STOP_LIMIT,
  );

  it(
    'does not wait for a frozen page that never replies to the WebSocket close frame',
    async () => {
      const kiosk = await TestServer.start();
      const frozen = connect({ port: kiosk.port, host: '127.0.0.1', allowHalfOpen: true });
      frozen.on('error', () => {});
      frozen.write(
        'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n' +
          'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      );
      const [answer] = (await once(frozen, 'data')) as [Buffer];
      expect(answer.toString('latin1')).toContain('101 Switching Protocols');
      await kiosk.server.stop();
      frozen.destroy();
    },
    STOP_LIMIT,
  );

  it('may be called twice, before the start and during it', async () => {
    const never = new TestServer();
    await never.server.stop();

    const early = new TestServer();
    const starting = early.server.start();
    await Promise.all([early.server.stop(), early.server.stop(), starting]);
    await expect(fetch(new URL('/health/live', early.url))).rejects.toThrow();
    await early.server.stop();
  });

  it('unsubscribes from camera and View', async () => {
    const kiosk = await TestServer.start();
    const listeners = () => [kiosk.view.listeners, kiosk.camera.listeners];
    expect(listeners()).toEqual([1, 1]);
    await kiosk.server.stop();
    expect(listeners()).toEqual([0, 0]);
  });
});

describe('start', () => {
  it('reports an address that is in use, and can still be stopped', async () => {
    const other = createTcpServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const kiosk = new TestServer({ port });
    await expect(kiosk.server.start()).rejects.toMatchObject({
      code: 'server/listen',
      message: `cannot listen on 127.0.0.1:${port}`,
    });
    expect(() => kiosk.server.address()).toThrow();
    await kiosk.server.stop();
    other.close();
  });

  it('accepts socket.io and HTTP if it is configured with a host name', async () => {
    const kiosk = await TestServer.start({ host: 'localhost' });
    expect((await fetch(new URL('/health/live', kiosk.url))).status).toBe(200);
    const screen = await openScreen(kiosk.url, 'polling');
    screen.close();
    await kiosk.server.stop();
  });
});

async function openScreen(url: string, transport: 'websocket' | 'polling'): Promise<Socket> {
  const screen = io(url, { transports: [transport], forceNew: true, reconnection: false });
  await once(screen as unknown as NodeJS.EventEmitter, 'connect');
  return screen;
}
