import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { View } from '../../src/protocol/view.ts';
import { BoardKiosk, BUTTON } from './kiosk.ts';
import { Machine } from './machine.ts';
import { logDuration } from './log-duration.ts';
import { expectSame, probabilitiesHere } from './vectors.ts';

/** The bundle under test. */
const model = process.env.KIOSK_BOARD_MODEL ?? 'lesion-pair';

/** The small bundle tests buttons and cameras just as well, in a fraction of the time. */
const SMALL = { KIOSK_MODEL: 'seed-cnn' };

const READY_LIMIT_MS = 600_000;
const PRESS_LIMIT_MS = 300_000;

/** 2 s on a board; ten times that in emulation, where ffmpeg takes seconds to exit. */
const UNPLUGGED_LIMIT_MS = 20_000;

/** The kernel's test camera, with a size and a rate that it supports. */
const VIVID = {
  ...SMALL,
  KIOSK_BUTTON: 'onoff',
  KIOSK_CAMERA: 'v4l2',
  KIOSK_CAMERA_DEVICE: '/dev/video0',
  KIOSK_CAMERA_WIDTH: '640',
  KIOSK_CAMERA_HEIGHT: '360',
};

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
  const { unpackaged } = inject('boards');
  if (unpackaged === undefined) throw new Error('the reduced run has no board with every driver');
  board = await Machine.boot(unpackaged);
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
  logDuration('first view', started);
  await kiosk.ready(READY_LIMIT_MS);
  logDuration('ready', started);
  return kiosk;
}

async function press(kiosk: BoardKiosk): Promise<View['session']> {
  const started = performance.now();
  const session = await kiosk.press(PRESS_LIMIT_MS);
  logDuration(`press to ${session.state}`, started);
  return session;
}

async function rows(): Promise<Row[]> {
  return JSON.parse(await board.must(`NODE_PATH=/opt/node_modules node -e "${ROWS}"`)) as Row[];
}

/** Compares the self-test vectors on the board and on the host. */
async function sameVectors(engine: string): Promise<void> {
  const said = await board.must(
    `TF_CPP_MIN_LOG_LEVEL=2 node vectors.mjs dist model/bundles/${model} ${engine} 2>/dev/null`,
    READY_LIMIT_MS,
  );
  expectSame(JSON.parse(said) as number[][], await probabilitiesHere(model, engine), engine);
}

describe('the kiosk on an ARM64 board', () => {
  it('turns ten button presses through sysfs into ten sessions, each shown and stored', async () => {
    const kiosk = await start({ KIOSK_BUTTON: 'onoff' });
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

  it('gives x64’s probabilities for the self-test vectors, with onnxruntime', async () => {
    await sameVectors('onnxruntime');
  });

  it('accepts a press through the GPIO character device', async () => {
    const kiosk = await start({ KIOSK_BUTTON: 'gpiod', ...SMALL });
    expect(kiosk.view.button).toMatchObject({ driver: 'gpiod', state: 'ready' });
    expect(await press(kiosk)).toMatchObject({ state: 'showing' });
  });

  it('accepts a press through the kernel’s gpio-keys', async () => {
    await board.must('for module in $(cat /etc/modules-keys); do insmod $module; done');
    const kiosk = await start({ KIOSK_BUTTON: 'input', KIOSK_BUTTON_KEYS: '116', ...SMALL });
    expect(kiosk.view.button).toMatchObject({ driver: 'input', state: 'ready' });
    expect(await press(kiosk)).toMatchObject({ state: 'showing' });
    await board.must('rmmod gpio_keys');
  });

  it('detects a V4L2 camera, its disconnection, and its return', async () => {
    const plug =
      'for module in $(cat /etc/modules-camera); do insmod $module 2>/dev/null; done; ls /dev/video0';
    await board.must(plug);
    const kiosk = await start(VIVID);
    expect(kiosk.view.camera).toMatchObject({ driver: 'v4l2', simulated: false, state: 'live' });
    // Colour bars are not a lesion: what counts is that the session ends with an outcome.
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
    logDuration('unplugged to NO CAMERA', unplugged);
    expect(camera.reason).toContain('/dev/video0');
    await board.must(`until rmmod vivid; do sleep 1; done; ${plug}`, READY_LIMIT_MS);
    const plugged = performance.now();
    await kiosk.until('the camera again', ({ camera }) => camera.state === 'live', READY_LIMIT_MS);
    logDuration('plugged in to live', plugged);
  });

  it('gives x64’s probabilities for the self-test vectors, with tfjs-node', async () => {
    await sameVectors('tfjs-node');
  });

  it('accepts a press with tfjs-node', async () => {
    const kiosk = await start({ KIOSK_BUTTON: 'onoff', KIOSK_ENGINE: 'tfjs-node' });
    expect(await press(kiosk)).toMatchObject({
      state: 'showing',
      result: { model: { engine: 'tfjs-node' } },
    });
  });
});
