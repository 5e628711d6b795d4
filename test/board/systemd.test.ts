import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { setTimeout } from 'node:timers/promises';
import { BoardKiosk, BUTTON, settingsOf } from './kiosk.ts';
import { Machine } from './machine.ts';

const START_LIMIT_MS = 600_000;
const PRESS_LIMIT_MS = 300_000;

/** The unit's own 30 s, for a processor that is ten times as slow; and an address that the forwarded port comes from. */
const DROP_IN = [
  '[Service]',
  'WatchdogSec=120',
  'TimeoutStartSec=600',
  'TimeoutStopSec=120',
  'IPAddressAllow=any',
];

/** By hand, as docs/hardware.md says. */
const INSTALL = [
  'systemd-sysusers /opt/kiosk/systemd/kiosk.sysusers',
  'cp /opt/kiosk/systemd/60-kiosk.rules /etc/udev/rules.d/',
  'cp /opt/kiosk/systemd/kiosk.service /etc/systemd/system/',
  'udevadm control --reload',
  'systemctl daemon-reload',
];

let board: Machine;

beforeAll(async () => {
  board = await Machine.boot(inject('board'), 'systemd');
});

afterAll(async () => {
  await board.end();
});

const lines = (text: readonly string[]): string => text.map((line) => `echo '${line}'`).join('; ');

async function property(name: string): Promise<string> {
  return (await board.must(`systemctl show -p ${name} --value kiosk`)).trim();
}

describe('the kiosk as a unit of systemd', () => {
  it('is installed, starts, takes a press of its button, is restarted by the watchdog, and stops', async () => {
    for (const command of INSTALL) await board.must(command);
    const settings = settingsOf(board, {
      ...BUTTON,
      KIOSK_BUTTON: 'gpiod',
      KIOSK_ENGINE: 'onnxruntime',
      KIOSK_MODEL: 'seed-cnn',
    }).filter(([name]) => name !== 'KIOSK_DATA_DIR');
    await board.must(`mkdir -p /etc/kiosk /etc/systemd/system/kiosk.service.d`);
    await board.must(`(${lines(settings.map(([name, value]) => `${name}=${value}`))}) >/etc/kiosk/kiosk.env`);
    await board.must(`(${lines(DROP_IN)}) >/etc/systemd/system/kiosk.service.d/board.conf`);
    await board.must(
      'systemctl daemon-reload; udevadm trigger --action=add --subsystem-match=gpio; udevadm settle',
    );

    // It comes back when the kiosk has told that it is ready.
    const said = 'journalctl -u kiosk -n 40 --no-pager -o cat';
    await board.must(`systemctl start kiosk || { ${said}; false; }`, START_LIMIT_MS);
    expect(await property('ActiveState')).toBe('active');
    expect(await property('StatusText')).toBe('Serving');
    const pid = await property('MainPID');
    expect((await board.must(`stat -c %U /proc/${pid}`)).trim()).toBe('kiosk');

    const kiosk = await BoardKiosk.shown(board);
    await kiosk.ready(START_LIMIT_MS);
    expect(kiosk.view.button).toMatchObject({ driver: 'gpiod', state: 'ready' });
    expect(await kiosk.press(PRESS_LIMIT_MS)).toMatchObject({ state: 'showing', number: 1 });
    expect((await board.must('stat -c %U-%a /var/lib/kiosk/kiosk.sqlite')).trim()).toBe('kiosk-600');

    // A loop that turns no more.
    await board.must(`kill -STOP ${pid}`);
    const end = Date.now() + START_LIMIT_MS;
    while ((await property('NRestarts')) === '0' && Date.now() < end) await setTimeout(5_000);
    await board.must('until [ "$(systemctl is-active kiosk)" = active ]; do sleep 2; done', START_LIMIT_MS);
    expect(await property('MainPID')).not.toBe(pid);
    await kiosk.ready(START_LIMIT_MS);
    expect(await kiosk.press(PRESS_LIMIT_MS)).toMatchObject({ state: 'showing', number: 2 });
    kiosk.leave();

    await board.must('systemctl stop kiosk', START_LIMIT_MS);
    expect(await property('ActiveState')).toBe('inactive');
    expect(await property('Result')).toBe('success');
  });
});
