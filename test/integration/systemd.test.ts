import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KioskProcess } from '../support/kiosk-process.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);
const units = join(import.meta.dirname, '..', '..', 'systemd');

/** Why this machine cannot run the tests, and the cure. */
const missing = ['systemd-analyze', 'systemd-notify'].every((name) => existsSync(`/usr/bin/${name}`))
  ? undefined
  : 'needs systemd’s programs: sudo apt-get install systemd';

let folder: string;

beforeEach(async (context) => {
  if (missing !== undefined) context.skip(missing);
  folder = await mkdtemp(join(tmpdir(), 'kiosk-systemd-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Maximum exposure of each unit, of 10. A browser's sandbox needs system calls that other units do not. */
const UNITS = { 'kiosk.service': 2, 'kiosk-browser.service': 2.3, 'kiosk-backup.service': 1 };

describe.each(Object.entries(UNITS))('%s', (name, limit) => {
  it('passes systemd-analyze verify', async () => {
    // As if it were installed: its programs and its manual lie elsewhere.
    await cp(units, folder, { recursive: true });
    for (const file of await readdir(folder)) {
      const text = await readFile(join(folder, file), 'utf8');
      await writeFile(join(folder, file), text.replaceAll('/opt/kiosk/systemd', folder));
    }
    const files = [name, name.replace('service', 'timer')].map((file) => join(folder, file));
    const { stderr } = await run('systemd-analyze', [
      'verify',
      '--man=no',
      ...files.filter((file) => existsSync(file)),
    ]);
    expect(stderr).toBe('');
  });

  it('stays within the exposure that the project allows', async () => {
    const args = ['security', '--offline=yes', '--no-pager', `--threshold=${limit * 10}`];
    const { stdout } = await run('systemd-analyze', [...args, join(units, name)]);
    expect(stdout).toContain('Overall exposure level');
  });
});

describe('the notifications to systemd', () => {
  const WATCHDOG_MS = 1_500;
  let listener: ChildProcess;
  let heard = '';

  const messages = (): string[] => heard.trim().split('\n');
  const watchdogCount = (): number => messages().filter((message) => message === 'WATCHDOG=1').length;

  const untilHeard = (condition: () => boolean): Promise<void> =>
    until(() => `systemd heard only: ${heard}`, condition);

  beforeEach(async () => {
    heard = '';
    const script = join(import.meta.dirname, '..', 'support', 'notify-socket.py');
    listener = spawn('python3', [script, join(folder, 'notify'), String(WATCHDOG_MS / 1000)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    listener.stdout?.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    await untilHeard(() => heard.includes('LISTENING'));
    heard = '';
  });

  afterEach(async () => {
    listener.kill();
    await once(listener, 'close');
  });

  it('report that the kiosk is ready, alive as long as it responds, and stopping', async () => {
    const kiosk = await KioskProcess.start({
      NOTIFY_SOCKET: join(folder, 'notify'),
      WATCHDOG_USEC: String(WATCHDOG_MS * 1000),
    });
    try {
      await untilHeard(() => watchdogCount() >= 2);
      // A slow start may take longer than the watchdog, which systemd counts from READY.
      expect(messages().find((message) => message !== 'EXPIRED')).toBe('READY=1 STATUS=Serving');

      // A kiosk that hangs sends none until systemd would kill it.
      kiosk.signal('SIGSTOP');
      const frozen = messages().length;
      await untilHeard(() => messages().slice(frozen).includes('EXPIRED'));
      kiosk.signal('SIGCONT');
      const after = watchdogCount();
      await untilHeard(() => watchdogCount() > after);
      expect(await kiosk.end()).toMatchObject({ code: 0 });
      await untilHeard(() => messages().includes('STOPPING=1'));
      expect(kiosk.stderr()).not.toContain('sd_notify failed');
    } finally {
      await kiosk.dispose();
    }
  });
});
