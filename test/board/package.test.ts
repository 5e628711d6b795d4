import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { setTimeout } from 'node:timers/promises';
import { BoardKiosk, BUTTON, settingsOf } from './kiosk.ts';
import { BOOT_LIMIT_MS, Machine } from './machine.ts';
import { logDuration } from './log-duration.ts';
import { expectSame, probabilitiesHere } from './vectors.ts';

const INSTALL_LIMIT_MS = 900_000;
const START_LIMIT_MS = 600_000;
const PRESS_LIMIT_MS = 300_000;
const PRESSES = 10;

/** Longer time limits for a processor that is ten times slower; and access for the forwarded port. */
const DROP_IN = [
  '[Service]',
  'WatchdogSec=120',
  'TimeoutStartSec=600',
  'TimeoutStopSec=120',
  'IPAddressAllow=any',
];

const NODE = '/opt/kiosk/bin/node';
const DATABASE = '/var/lib/kiosk/kiosk.sqlite';
const UNITS = 'kiosk.service kiosk-browser.service kiosk-backup.timer';

const ROWS = `const db = new (require('/opt/kiosk/node_modules/better-sqlite3'))('${DATABASE}', { readonly: true });
 const rows = db.prepare('select s.number, s.source, r.outcome from sessions s join results r on r.session_id = s.id order by s.number').all();
 console.log(JSON.stringify(rows));`;

let board: Machine;
let kiosk: BoardKiosk | undefined;

beforeAll(async () => {
  const started = performance.now();
  const { packaged } = inject('boards');
  if (packaged === undefined)
    throw new Error('the run of the unpackaged board has no board to install packages on');
  board = await Machine.boot(packaged, 'systemd');
  logDuration('booted', started);
  await write('/etc/systemd/system/kiosk.service.d/board.conf', DROP_IN);
  const install = performance.now();
  await board.must('dpkg --install dermoscopy-kiosk_*.deb', INSTALL_LIMIT_MS);
  logDuration('installed and started', install);
}, BOOT_LIMIT_MS + INSTALL_LIMIT_MS);

afterAll(async () => {
  kiosk?.leave();
  await board.end();
});

async function write(file: string, lines: readonly string[], how: '>' | '>>' = '>'): Promise<void> {
  const text = lines.map((line) => `echo '${line}'`).join('; ');
  await board.must(`mkdir -p $(dirname ${file}); (${text}) ${how}${file}`);
}

async function property(name: string): Promise<string> {
  return (await board.must(`systemctl show -p ${name} --value kiosk`)).trim();
}

/** A command's output, line by line. */
async function lines(command: string): Promise<string[]> {
  return (await board.must(command)).trim().split('\n');
}

async function press(): Promise<void> {
  const started = performance.now();
  const before = kiosk!.view.session;
  const session = await kiosk!.press(PRESS_LIMIT_MS);
  logDuration(`press to ${session.state}`, started);
  expect(session).toMatchObject({ state: 'showing' });
  expect(session).not.toEqual(before);
}

async function rows(): Promise<unknown> {
  return JSON.parse(await board.must(`${NODE} -e "${ROWS}"`));
}

describe('the Debian package on an ARM64 board', () => {
  it('is installed with its dependencies, and starts by itself as the kiosk’s user', async () => {
    expect(await lines("dpkg-query -W -f '${Status}\\n' dermoscopy-kiosk")).toEqual(['install ok installed']);
    expect(await lines(`systemctl is-enabled ${UNITS}`)).toEqual(['enabled', 'enabled', 'enabled']);
    expect(await property('ActiveState')).toBe('active');
    expect(await property('StatusText')).toBe('Serving');
    expect(await property('NRestarts')).toBe('0');
    expect(await property('FragmentPath')).toMatch(/\/lib\/systemd\/system\/kiosk\.service$/);
    const process = `/proc/${await property('MainPID')}`;
    expect(await lines(`stat -c %U ${process}; readlink ${process}/exe`)).toEqual(['kiosk', NODE]);
    expect(await lines(`stat -c %U-%a ${DATABASE}`)).toEqual(['kiosk-600']);
  });

  it('gives x64’s probabilities for the default model’s self-test vectors, with onnxruntime', async () => {
    const bundle = '/opt/kiosk/model/bundles/lesion-pair';
    const said = await board.must(
      `${NODE} vectors.mjs /opt/kiosk/dist ${bundle} onnxruntime 2>/dev/null`,
      START_LIMIT_MS,
    );
    expectSame(
      JSON.parse(said) as number[][],
      await probabilitiesHere('lesion-pair', 'onnxruntime'),
      'onnxruntime',
    );
  });

  it('applies its settings, and turns ten button presses into ten sessions that are shown and stored', async () => {
    const settings = {
      ...BUTTON,
      KIOSK_CAMERA: 'phantom',
      KIOSK_ENGINE: 'onnxruntime',
      KIOSK_MODEL: 'seed-cnn',
    };
    const set = settingsOf(board, settings).filter(([name]) => name !== 'KIOSK_DATA_DIR');
    await board.must("sed -i '/^KIOSK_CAMERA=/d' /etc/kiosk/kiosk.env");
    await write(
      '/etc/kiosk/kiosk.env',
      set.map(([name, value]) => `${name}=${value}`),
      '>>',
    );
    await board.must('systemctl restart kiosk', START_LIMIT_MS);
    kiosk = await BoardKiosk.shown(board);
    await kiosk.ready(START_LIMIT_MS);
    // `auto` chose the character device.
    expect(kiosk.view.button).toMatchObject({ driver: 'gpiod', state: 'ready' });
    for (let number = 1; number <= PRESSES; number++) await press();
    const kept = { source: 'camera', outcome: 'result' };
    expect(await rows()).toEqual(Array.from({ length: PRESSES }, (_, i) => ({ number: i + 1, ...kept })));
    expect(await board.must('kiosk verify', START_LIMIT_MS)).toContain('journal');
  });

  it('is restarted by the watchdog when its event loop is blocked, and accepts the next press', async () => {
    const { bootId } = kiosk!.view;
    const pid = await property('MainPID');
    await board.must(`${NODE} --experimental-websocket block.mjs ${pid}`, START_LIMIT_MS);
    const blocked = performance.now();
    // Running: neither stopped nor asleep.
    expect(await lines(`sed 's/.*) //' /proc/${pid}/stat | cut -c1`)).toEqual(['R']);
    const end = Date.now() + START_LIMIT_MS;
    while ((await property('NRestarts')) === '0' && Date.now() < end) await setTimeout(5_000);
    logDuration('blocked to restarted', blocked);
    expect(await board.must('journalctl -u kiosk --no-pager -o cat')).toContain("result 'watchdog'");
    await board.must('until [ "$(systemctl is-active kiosk)" = active ]; do sleep 2; done', START_LIMIT_MS);
    expect(await property('MainPID')).not.toBe(pid);
    await kiosk!.until('the view of another', (view) => view.bootId !== bootId, START_LIMIT_MS);
    await kiosk!.ready(START_LIMIT_MS);
    await press();
    expect(await rows()).toHaveLength(PRESSES + 1);
  });

  it('stops cleanly, keeps log and settings when removed, and nothing when purged', async () => {
    kiosk!.leave();
    await board.must('systemctl stop kiosk', START_LIMIT_MS);
    expect(await property('ActiveState')).toBe('inactive');
    expect(await property('Result')).toBe('success');
    const started = performance.now();
    await board.must('dpkg --remove dermoscopy-kiosk', INSTALL_LIMIT_MS);
    logDuration('removed', started);
    await board.must(`[ ! -e /opt/kiosk ] && [ -s ${DATABASE} ] && [ -s /etc/kiosk/kiosk.env ]`);
    await board.must('dpkg --purge dermoscopy-kiosk', INSTALL_LIMIT_MS);
    await board.must('[ ! -e /var/lib/kiosk ] && [ ! -e /etc/kiosk ] && [ ! -e /usr/bin/kiosk ]');
    expect(await board.must('dpkg-query -W')).not.toContain('dermoscopy');
  });
});
