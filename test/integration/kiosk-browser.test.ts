import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KioskProcess } from '../support/kiosk-process.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);
const script = join(import.meta.dirname, '..', '..', 'systemd', 'kiosk-browser');

const missing = ['systemd-notify', 'curl'].every((name) => existsSync(`/usr/bin/${name}`))
  ? undefined
  : 'needs systemd’s programs and curl: sudo apt-get install systemd curl';

let folder: string;

/** A script in place of a program of the screen: there is no display here. */
async function program(name: string, text: string): Promise<void> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, 0o755);
}

const environment = (settings: Record<string, string>) => ({
  ...{ PATH: `${folder}:${process.env.PATH ?? ''}`, RUNTIME_DIRECTORY: folder },
  ...settings,
});

beforeEach(async (context) => {
  if (missing !== undefined) context.skip(missing);
  folder = await mkdtemp(join(tmpdir(), 'kiosk-screen-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('inside the compositor', () => {
  beforeEach(async () => {
    await program('chromium', `echo "$@" >${folder}/browser`);
    await program(
      'wlr-randr',
      `[ $# = 0 ] || { echo "$@" >>${folder}/turned; exit; }
echo 'DSI-1 "a panel" (DSI-1)'; echo '  Enabled: yes'; echo 'HDMI-A-1 "another"'; echo '  Modes:'`,
    );
  });

  it('the browser shows the kiosk full screen, with a profile that is deleted with the service', async () => {
    await run(script, ['inside'], { env: environment({ KIOSK_PORT: '8123' }) });
    const args = (await readFile(join(folder, 'browser'), 'utf8')).trim().split(' ');
    expect(args).toEqual(expect.arrayContaining(['--kiosk', `--user-data-dir=${folder}/profile`]));
    expect(args.at(-1)).toBe('http://127.0.0.1:8123');
    expect(existsSync(join(folder, 'turned'))).toBe(false);
  });

  it('every display is rotated if that is set', async () => {
    await run(script, ['inside'], { env: environment({ SCREEN_TURN: '90' }) });
    expect(await readFile(join(folder, 'turned'), 'utf8')).toBe(
      '--output DSI-1 --transform 90\n--output HDMI-A-1 --transform 90\n',
    );
  });
});

describe('the watchdog', () => {
  let heard = '';
  /** One character for each request of the watchdog to the kiosk. */
  let requestLog: string;
  let listener: ChildProcess;
  const notifications = (): number => heard.split('\n').filter((line) => line === 'WATCHDOG=1').length;

  const untilHeard = (condition: () => boolean): Promise<void> =>
    until(() => `systemd heard only: ${heard}`, condition);

  beforeEach(async () => {
    heard = '';
    listener = spawn('python3', [
      join(import.meta.dirname, '..', 'support', 'notify-socket.py'),
      join(folder, 'notify'),
    ]);
    listener.stdout?.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    await untilHeard(() => heard.includes('LISTENING'));
    await program('cage', 'exec sleep 600');
    requestLog = join(folder, 'asked');
    await program('curl', `printf . >>${requestLog}; exec /usr/bin/curl "$@"`);
  });

  afterEach(async () => {
    listener.kill();
    await once(listener, 'close');
  });

  it('notifies systemd while a screen draws or this is unknown, and does not if the kiosk reports that none draws', async () => {
    const kiosk = await KioskProcess.start();
    const { port } = new URL(kiosk.url);
    const settings = { KIOSK_PORT: port, NOTIFY_SOCKET: join(folder, 'notify'), WATCHDOG_USEC: '4000000' };
    const unit = spawn(script, { env: environment(settings), detached: true, stdio: 'ignore' });
    try {
      // This is its fourth request, so three replies were not followed by a notification.
      await until(
        'the watchdog queries the kiosk',
        () => existsSync(requestLog) && statSync(requestLog).size >= 4,
      );
      expect(notifications()).toBe(0);

      const screen = io(kiosk.url, { transports: ['websocket'] });
      await new Promise((resolve) => screen.once('view', resolve));
      screen.emit('beat');
      await untilHeard(() => notifications() >= 2);
      screen.close();

      await kiosk.end();
      const before = notifications();
      await untilHeard(() => notifications() >= before + 2);
    } finally {
      // The watchdog is a child of the script, as in the unit's control group.
      process.kill(-unit.pid!, 'SIGTERM');
      await kiosk.dispose();
    }
  });
});
