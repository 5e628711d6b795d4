import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { View } from '../../src/protocol/view.ts';
import { BoardKiosk, BUTTON } from './kiosk.ts';
import { Machine } from './machine.ts';

const project = join(import.meta.dirname, '..', '..');

/** `reduced` leaves out all but one driver and one engine, and presses with the small bundle. */
const complete = process.env.KIOSK_BOARD_RUN !== 'reduced';

/** Not skipped in the reduced run but not there: in CI a skipped test counts as failed. */
const itInComplete: (name: string, test: () => Promise<void>) => void = complete ? it : () => undefined;

/** The bundle that is run. */
const model = process.env.KIOSK_BOARD_MODEL ?? 'lesion-pair';

/** The small bundle says as much of buttons and cameras, in a fraction of the time. */
const SMALL = { KIOSK_MODEL: 'seed-cnn' };

/** What the ten presses ask: the bundle that ships, or in CI's minutes the small one, whose engine and path are the same. */
const PRESSED = complete ? { KIOSK_MODEL: model } : SMALL;

const READY_LIMIT_MS = 600_000;
const PRESS_LIMIT_MS = 300_000;

/** On a board 2 s; ten times that in emulation, where ffmpeg takes seconds to end. */
const UNPLUGGED_LIMIT_MS = 20_000;

/** The kernel's own test camera, at a size and a rate that it has. */
const VIVID = {
  ...SMALL,
  KIOSK_BUTTON: 'onoff',
  KIOSK_CAMERA: 'v4l2',
  KIOSK_CAMERA_DEVICE: '/dev/video0',
  KIOSK_CAMERA_WIDTH: '640',
  KIOSK_CAMERA_HEIGHT: '360',
};

/** Largest difference of a probability between processors. */
const TOLERANCE = 1e-3;

const ROWS = `const db = new (require('better-sqlite3'))('/data/kiosk.sqlite', { readonly: true });
 const rows = db.prepare('select s.number, s.source, r.outcome, r.malignancy from sessions s join results r on r.session_id = s.id order by s.number').all();
 console.log(JSON.stringify(rows));`;

interface Row {
  readonly number: number;
  readonly source: string;
  readonly outcome: string;
  readonly malignancy: number | null;
}

let board: Machine;
let kiosk: BoardKiosk | undefined;

beforeAll(async () => {
  board = await Machine.boot(inject('board'));
});

afterEach(async () => {
  await kiosk?.stop();
  kiosk = undefined;
});

afterAll(async () => {
  await board.end();
});

async function start(settings: Record<string, string>): Promise<BoardKiosk> {
  const started = performance.now();
  kiosk = await BoardKiosk.start(board, {
    ...BUTTON,
    KIOSK_ENGINE: 'onnxruntime',
    KIOSK_MODEL: model,
    ...settings,
  });
  tell('first view', started);
  await kiosk.ready(READY_LIMIT_MS);
  tell('ready', started);
  return kiosk;
}

async function press(kiosk: BoardKiosk): Promise<View['session']> {
  const started = performance.now();
  const session = await kiosk.press(PRESS_LIMIT_MS);
  tell(`press to ${session.state}`, started);
  return session;
}

/** How long things took, for whoever reads the run's output: emulation is no measure of a board. */
function tell(what: string, since: number): void {
  console.info(`  ${what}: ${((performance.now() - since) / 1000).toFixed(1)} s`);
}

async function rows(): Promise<Row[]> {
  return JSON.parse(await board.must(`NODE_PATH=/opt/node_modules node -e "${ROWS}"`)) as Row[];
}

/** The probabilities of the self-test's vectors, on the board and here. */
async function vectors(engine: string): Promise<{ readonly board: number[]; readonly here: number[] }> {
  const args = (root: string): string[] => [join(root, 'dist'), join(root, 'model/bundles', model), engine];
  const there = await board.must(
    `TF_CPP_MIN_LOG_LEVEL=2 node vectors.mjs ${args('/opt/kiosk').join(' ')} 2>/dev/null`,
    READY_LIMIT_MS,
  );
  const script = join(import.meta.dirname, 'guest', 'vectors.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args(project)], {
    timeout: READY_LIMIT_MS,
  });
  const flat = (text: string): number[] => (JSON.parse(text) as number[][]).flat();
  return { board: flat(there), here: flat(stdout) };
}

function expectSame({ board, here }: { readonly board: number[]; readonly here: number[] }): void {
  expect(board).toHaveLength(here.length);
  const worst = Math.max(...board.map((value, i) => Math.abs(value - here[i]!)));
  console.info(`  ${here.length} probabilities differ by at most ${worst.toExponential(2)}`);
  expect(worst).toBeLessThan(TOLERANCE);
}

describe('the kiosk on an ARM64 board', () => {
  it('takes ten presses of its button through sysfs as ten sessions, each shown outside and kept', async () => {
    const kiosk = await start({ KIOSK_BUTTON: 'onoff', ...PRESSED });
    expect(kiosk.view.button).toMatchObject({ driver: 'onoff', state: 'ready' });
    const shown: View['session'][] = [];
    while (shown.length < 10) shown.push(await press(kiosk));
    expect(shown.map((session) => 'number' in session && session.number)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    const answers = shown.map((session) => session.state === 'showing' && session.result);
    expect(answers).not.toContain(false);
    const kept = answers.map((answer, i) => ({
      number: i + 1,
      source: 'camera',
      outcome: answer && answer.outcome,
      malignancy: answer && answer.outcome === 'result' ? answer.malignancy : null,
    }));
    expect(await rows()).toEqual(kept);
    expect(await board.must('KIOSK_DATA_DIR=/data node bin/kiosk.js verify')).toContain('journal');
  });

  it('answers the self-test’s vectors as x64 does, with onnxruntime', async () => {
    expectSame(await vectors('onnxruntime'));
  });

  itInComplete('takes a press through the GPIO character device', async () => {
    const kiosk = await start({ KIOSK_BUTTON: 'gpiod', ...SMALL });
    expect(kiosk.view.button).toMatchObject({ driver: 'gpiod', state: 'ready' });
    expect(await press(kiosk)).toMatchObject({ state: 'showing' });
  });

  itInComplete('takes a press through the kernel’s own gpio-keys', async () => {
    await board.must('for module in $(cat /etc/modules-keys); do insmod $module; done');
    const kiosk = await start({ KIOSK_BUTTON: 'input', KIOSK_BUTTON_KEYS: '116', ...SMALL });
    expect(kiosk.view.button).toMatchObject({ driver: 'input', state: 'ready' });
    expect(await press(kiosk)).toMatchObject({ state: 'showing' });
    await board.must('rmmod gpio_keys');
  });

  itInComplete('sees a V4L2 camera, misses it when it is unplugged, and sees it again', async () => {
    const plug =
      'for module in $(cat /etc/modules-camera); do insmod $module 2>/dev/null; done; ls /dev/video0';
    await board.must(plug);
    const kiosk = await start(VIVID);
    expect(kiosk.view.camera).toMatchObject({ driver: 'v4l2', simulated: false, state: 'live' });
    // Colour bars are no lesion: what counts is that a session of this camera comes to its end.
    expect(await press(kiosk)).toMatchObject({
      state: expect.stringMatching(/^(?:showing|retake)$/) as string,
    });
    await board.must('v4l2-ctl -d /dev/video0 --set-ctrl=disconnect=1');
    const unplugged = performance.now();
    const { camera } = await kiosk.until(
      'no camera',
      ({ camera }) => camera.state === 'lost',
      UNPLUGGED_LIMIT_MS,
    );
    tell('unplugged to NO CAMERA', unplugged);
    expect(camera.reason).toContain('/dev/video0');
    await board.must(`until rmmod vivid; do sleep 1; done; ${plug}`, READY_LIMIT_MS);
    const plugged = performance.now();
    await kiosk.until('the camera again', ({ camera }) => camera.state === 'live', READY_LIMIT_MS);
    tell('plugged in to live', plugged);
  });

  itInComplete('answers the self-test’s vectors as x64 does, with tfjs-node', async () => {
    expectSame(await vectors('tfjs-node'));
  });

  itInComplete('takes a press with tfjs-node', async () => {
    const kiosk = await start({ KIOSK_BUTTON: 'onoff', KIOSK_ENGINE: 'tfjs-node' });
    expect(await press(kiosk)).toMatchObject({
      state: 'showing',
      result: { model: { engine: 'tfjs-node' } },
    });
  });
});
