import { spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionPage } from '../../src/protocol/http.ts';
import { KioskProcess } from '../support/kiosk-process.ts';
import { Screen } from '../support/screen.ts';
import { until } from '../support/until.ts';

const CLEAN_STOP_MS = 10_000;
/** The content of a lock that balena's supervisor creates. */
const SUPERVISOR_LOCK = '0';
/** About a second of attempts, each of which holds the lock for a moment. */
const MANY_ATTEMPTS = 200;

let folder: string;
let lock: string;
let cleanUps: (() => Promise<unknown> | undefined)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-lock-'));
  lock = join(folder, 'updates.lock');
});

afterEach(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
  cleanUps = [];
  await rm(folder, { recursive: true, force: true });
});

async function started(
  settings: Record<string, string> = {},
): Promise<{ kiosk: KioskProcess; screen: Screen }> {
  const kiosk = await KioskProcess.start({
    BALENA_APP_LOCK_PATH: lock,
    ...settings,
  });
  cleanUps.push(() => kiosk.dispose());
  const screen = new Screen(kiosk.url);
  cleanUps.push(() => {
    screen.close();
    return undefined;
  });
  return { kiosk, screen };
}

/** As balena's supervisor does before it replaces a service: it has the lock only if it creates the file. */
function supervisorIsBlocked(): boolean {
  try {
    openSync(lock, 'wx');
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST';
  }
}

/** As the host system's scripts do before they restart the board. */
function hostIsBlocked(): boolean {
  return spawnSync('flock', ['-n', lock, 'true']).status === 1;
}

const outcomes = async (kiosk: KioskProcess): Promise<unknown[]> =>
  (await kiosk.json<SessionPage>('/api/sessions')).body.sessions.map(({ outcome }) => outcome);

describe('the update lock', () => {
  it('is held, in both ways, from the press until the screen is ready again', async () => {
    const { screen } = await started({
      KIOSK_CAMERA_LATENCY_MS: '1000',
      KIOSK_CAPTURE_TIMEOUT_MS: '60000',
    });
    await screen.ready();
    expect(existsSync(lock)).toBe(false);

    await screen.press();
    await screen.untilSession('capturing');
    expect(supervisorIsBlocked()).toBe(true);
    await until('the host is blocked', hostIsBlocked);
    await screen.untilSession('showing');
    expect(supervisorIsBlocked()).toBe(true);
    expect(hostIsBlocked()).toBe(true);

    screen.socket.emit('discard', () => undefined);
    await screen.untilSession('ready');
    expect(existsSync(lock)).toBe(false);
  });

  it('is released by a stop in the middle of a session, which ends within ten seconds as aborted', async () => {
    const { kiosk, screen } = await started({
      KIOSK_CAMERA_LATENCY_MS: '2000',
      KIOSK_CAPTURE_TIMEOUT_MS: '60000',
    });
    await screen.ready();
    await screen.press();
    await screen.untilSession('capturing');
    const { code, ms } = await kiosk.end('SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(CLEAN_STOP_MS);
    expect(existsSync(lock)).toBe(false);
    const again = await started({ KIOSK_DATA_DIR: kiosk.dataDir });
    expect(await outcomes(again.kiosk)).toEqual(['aborted']);
  });

  it('of a killed kiosk no longer blocks the host, and is removed by the next start', async () => {
    const { kiosk, screen } = await started();
    await screen.ready();
    await screen.press();
    await screen.untilSession('showing');
    await until('the host is blocked', hostIsBlocked);
    await kiosk.end('SIGKILL');
    expect(existsSync(lock)).toBe(true);
    expect(hostIsBlocked()).toBe(false);
    await started({ KIOSK_DATA_DIR: kiosk.dataDir });
    expect(existsSync(lock)).toBe(false);
  });

  it('is acquired even if the host tries it repeatedly', async () => {
    const { screen } = await started();
    await screen.ready();
    const attempts = join(folder, 'looks');
    const tryLock = 'while :; do if [ -e "$0" ]; then flock -n "$0" true; echo >>"$1"; fi; done';
    const attempting = spawn('sh', ['-c', tryLock, lock, attempts]);
    await screen.press();
    await screen.untilSession('showing');
    await until(
      'many attempts of the host',
      () => existsSync(attempts) && statSync(attempts).size >= MANY_ATTEMPTS,
    );
    attempting.kill('SIGKILL');
    await until('the host is blocked', hostIsBlocked);
    expect(supervisorIsBlocked()).toBe(true);
  });

  it('of a running kiosk is not removed by another one that starts', async () => {
    const { screen } = await started();
    await screen.ready();
    await screen.press();
    await screen.untilSession('showing');
    await until('the host is blocked', hostIsBlocked);
    await started();
    expect(hostIsBlocked()).toBe(true);
  });

  it('of another program is not removed, a press still works, and it is acquired once it is free', async () => {
    await writeFile(lock, SUPERVISOR_LOCK);
    const { kiosk, screen } = await started();
    await screen.ready();
    await screen.press();
    await screen.untilSession('showing');
    expect(await readFile(lock, 'utf8')).toBe(SUPERVISOR_LOCK);
    expect(kiosk.stderr()).toContain('could not take the update lock: an update may interrupt this session');
    await unlink(lock);
    await until('the lock is taken', () => existsSync(lock) && hostIsBlocked());
    screen.socket.emit('discard', () => undefined);
    await screen.untilSession('ready');
    expect(existsSync(lock)).toBe(false);
  });

  it('that another program has replaced by force is not removed', async () => {
    const { screen } = await started();
    await screen.ready();
    await screen.press();
    await screen.untilSession('showing');
    await unlink(lock);
    await writeFile(lock, SUPERVISOR_LOCK);
    screen.socket.emit('discard', () => undefined);
    await screen.untilSession('ready');
    expect(await readFile(lock, 'utf8')).toBe(SUPERVISOR_LOCK);
  });

  it('in a missing or read-only folder causes a warning, and a press still works', async () => {
    const { kiosk, screen } = await started({
      BALENA_APP_LOCK_PATH: join(folder, 'nowhere', 'updates.lock'),
    });
    await screen.ready();
    await screen.press();
    await screen.untilSession('showing');
    expect(kiosk.stderr()).toContain('could not take the update lock: an update may interrupt this session');
    expect((await kiosk.end('SIGTERM')).code).toBe(0);
  });

  it('without flock blocks the supervisor, and the warning says what is missing', async () => {
    const { kiosk, screen } = await started({ PATH: folder });
    await screen.ready();
    await screen.press();
    await screen.untilSession('showing');
    expect(supervisorIsBlocked()).toBe(true);
    await until(
      () => `a warning, not ${kiosk.stderr()}`,
      () => kiosk.stderr().includes('could not lock the file: a host update may interrupt this session'),
    );
  });
});
