import { isDarkSkin } from '#protocol/context.ts';
import type { FaultCode } from '#protocol/reasons.ts';
import type { Words } from '#protocol/words.ts';
import type { View } from '#protocol/view.ts';
import { codes, wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

/** A standing condition, with or without a session: shown until it ends, then removed automatically. */
export interface Condition {
  readonly code: string;
  /** Two or three words in capitals, readable across the room. */
  readonly title: string;
  readonly words: Words;
  /** In the screen's language. What a driver or the model reports is on the About page. */
  readonly detail?: string;
  /** `blocked`: no press can give a result; `waiting`: not yet; `warning`: works with a limitation. */
  readonly weight: 'blocked' | 'waiting' | 'warning';
}

const STORAGE_TITLES: Partial<Record<FaultCode, 'storage.full' | 'storage.read-only'>> = {
  'store/full': 'storage.full',
  'store/read-only': 'storage.read-only',
};

/** All current conditions, most severe first. */
export function conditionsOf(view: View): readonly Condition[] {
  const all = [
    cameraCondition(view),
    storageCondition(view),
    modelCondition(view),
    contraindicationCondition(view),
    boardCondition(view),
    buttonCondition(view),
  ];
  const order = ['blocked', 'waiting', 'warning'];
  return all
    .filter((condition) => condition !== undefined)
    .sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight));
}

/** The contraindications of the selected lesion and patient, and those found with the capture that is shown. */
export function contraindicationCondition({
  context,
  session,
}: Pick<View, 'context' | 'session'>): Condition | undefined {
  const ofPatient = isDarkSkin(context?.phototype) ? (['dark-skin'] as const) : [];
  const ofLesion =
    context?.contraIndicated === undefined
      ? []
      : [...(context.lesion?.contraIndications ?? []), ...ofPatient];
  const ofCapture = session.state === 'showing' ? (session.contra?.found ?? []) : [];
  const all = new Set([...ofLesion, ...ofCapture]);
  if (all.size === 0) return undefined;
  const refused = context?.contraIndicated === 'refuse';
  const found = [...all].map((code) => codes().contraIndications[code]).join(' · ');
  const { message, cure } = wordsOf('lesion/contra-indicated');
  return {
    code: 'lesion/contra-indicated',
    title: t('contra.condition'),
    words: refused ? { message, cure } : { message: found, cure },
    weight: refused ? 'blocked' : 'warning',
    ...(refused ? { detail: found } : {}),
  };
}

function cameraCondition({ camera }: View): Condition | undefined {
  switch (camera.state) {
    case 'live':
      return undefined;
    case 'starting':
      return {
        code: 'camera/starting',
        title: t('camera.starting'),
        words: { message: t('camera.starting.message'), cure: t('wait') },
        weight: 'waiting',
      };
    case 'stopped':
      return {
        code: 'camera/stopped',
        title: t('camera.stopped'),
        words: { message: t('camera.stopped.message'), cure: t('wait') },
        weight: 'waiting',
      };
    case 'stalled':
      return {
        code: 'camera/stalled',
        title: t('camera.stalled'),
        words: wordsOf('camera/stalled'),
        weight: 'blocked',
      };
    case 'lost':
      return {
        code: 'camera/lost',
        title: t('camera.lost'),
        words: wordsOf('camera/lost'),
        weight: 'blocked',
      };
  }
}

function storageCondition({ storage }: View): Condition | undefined {
  if (storage.state === 'ok') return undefined;
  const title = t(STORAGE_TITLES[storage.code] ?? 'storage.failed');
  return { code: storage.code, title, words: wordsOf(storage.code), weight: 'blocked' };
}

function modelCondition({ model }: View): Condition | undefined {
  switch (model.state) {
    case 'ready':
      return undefined;
    case 'loading':
      return {
        code: 'model/loading',
        title: t('model.loading'),
        words: { message: wordsOf('model/loading').message, cure: t('wait') },
        weight: 'waiting',
      };
    case 'none':
      return {
        code: 'model/none',
        title: t('model.none'),
        words: wordsOf('model/none'),
        weight: 'blocked',
      };
  }
}

/** The most severe warning as the condition, the others as its detail. */
export function boardCondition({ board: { warnings } }: Pick<View, 'board'>): Condition | undefined {
  const [first, ...others] = warnings;
  if (first === undefined) return undefined;
  const detail = others.map((code) => codes().board[code].message).join(' ');
  return {
    code: `board/${first}`,
    title: t(`board.${first}`),
    words: codes().board[first],
    weight: 'warning',
    ...(detail === '' ? {} : { detail }),
  };
}

function buttonCondition({ button }: View): Condition | undefined {
  switch (button.state) {
    case 'ready':
      return undefined;
    case 'touch-only':
      return {
        code: 'button/touch-only',
        title: t('button.touch-only'),
        words: { message: t('button.touch-only.message'), cure: t('button.cure') },
        weight: 'warning',
      };
    case 'stuck':
      return {
        code: 'button/stuck',
        title: t('button.stuck'),
        words: { message: t('button.stuck.message'), cure: t('button.cure') },
        weight: 'warning',
      };
  }
}
