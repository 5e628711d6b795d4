import { BOARD_WARNINGS, type BoardWarning } from '../../src/protocol/board.ts';
import { FAULTS, type FaultCode, type Words } from '../../src/protocol/reasons.ts';
import type { View } from '../../src/protocol/view.ts';

/** Something that stands, with or without a session: it is shown until it is over, and goes away by itself. */
export interface Condition {
  readonly code: string;
  /** Two or three words, in capitals, readable across the room. */
  readonly title: string;
  readonly words: Words;
  /** What a technician wants to know. */
  readonly detail?: string;
  /** `blocked`: no press can give a result; `waiting`: not yet; `warning`: it works, but. */
  readonly weight: 'blocked' | 'waiting' | 'warning';
}

const STORAGE_TITLES: Partial<Record<FaultCode, string>> = {
  'store/full': 'STORAGE FULL',
  'store/read-only': 'STORAGE READ-ONLY',
};

const BOARD_TITLES: Readonly<Record<BoardWarning, string>> = {
  'under-voltage': 'WEAK POWER',
  hot: 'TOO HOT',
  throttled: 'SLOWED DOWN',
};

/** All that stands now, the weightiest first. */
export function conditionsOf(view: View): readonly Condition[] {
  const all = [
    cameraCondition(view),
    storageCondition(view),
    modelCondition(view),
    boardCondition(view),
    buttonCondition(view),
  ];
  const order = ['blocked', 'waiting', 'warning'];
  return all
    .filter((condition) => condition !== undefined)
    .sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight));
}

function cameraCondition({ camera }: View): Condition | undefined {
  const detail = camera.reason === undefined ? {} : { detail: camera.reason };
  switch (camera.state) {
    case 'live':
      return undefined;
    case 'starting':
      return {
        code: 'camera/starting',
        title: 'CAMERA STARTING',
        words: { message: 'The camera is starting.', cure: 'Wait a few seconds.' },
        weight: 'waiting',
        ...detail,
      };
    case 'stopped':
      return {
        code: 'camera/stopped',
        title: 'CAMERA PAUSED',
        words: { message: 'The live picture is stopped for a moment.', cure: 'Wait a few seconds.' },
        weight: 'waiting',
        ...detail,
      };
    case 'stalled':
      return {
        code: 'camera/stalled',
        title: 'CAMERA STALLED',
        words: FAULTS['camera/stalled'],
        weight: 'blocked',
        ...detail,
      };
    case 'lost':
      return {
        code: 'camera/lost',
        title: 'NO CAMERA',
        words: FAULTS['camera/lost'],
        weight: 'blocked',
        ...detail,
      };
  }
}

function storageCondition({ storage }: View): Condition | undefined {
  if (storage.state === 'ok') return undefined;
  const title = STORAGE_TITLES[storage.code] ?? 'STORAGE FAILED';
  return { code: storage.code, title, words: FAULTS[storage.code], weight: 'blocked' };
}

function modelCondition({ model }: View): Condition | undefined {
  switch (model.state) {
    case 'ready':
      return undefined;
    case 'loading':
      return {
        code: 'model/loading',
        title: 'MODEL LOADING',
        words: { message: FAULTS['model/loading'].message, cure: 'Wait a few seconds.' },
        weight: 'waiting',
      };
    case 'none':
      return {
        code: 'model/none',
        title: 'NO MODEL',
        words: FAULTS['model/none'],
        detail: model.reason,
        weight: 'blocked',
      };
  }
}

/** The weightiest as the condition, what else stands as its detail. */
export function boardCondition({ board: { warnings } }: Pick<View, 'board'>): Condition | undefined {
  const [first, ...others] = warnings;
  if (first === undefined) return undefined;
  const detail = others.map((code) => BOARD_WARNINGS[code].message).join(' ');
  return {
    code: `board/${first}`,
    title: BOARD_TITLES[first],
    words: BOARD_WARNINGS[first],
    weight: 'warning',
    ...(detail === '' ? {} : { detail }),
  };
}

function buttonCondition({ button }: View): Condition | undefined {
  const detail = button.reason === undefined ? {} : { detail: button.reason };
  switch (button.state) {
    case 'ready':
      return undefined;
    case 'touch-only':
      return {
        code: 'button/touch-only',
        title: 'TOUCH ONLY',
        words: { message: 'The hardware button does not work.', cure: 'Use the key on the screen.' },
        weight: 'warning',
        ...detail,
      };
    case 'stuck':
      return {
        code: 'button/stuck',
        title: 'BUTTON STUCK',
        words: { message: 'It has been down for too long: free it.', cure: 'Use the key on the screen.' },
        weight: 'warning',
        ...detail,
      };
  }
}
