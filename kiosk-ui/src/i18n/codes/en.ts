import { BOARD_WARNINGS } from '#protocol/board.ts';
import { CHECK_CURES, CHECK_TITLES, NO_PRESS } from '#protocol/diagnostics.ts';
import { CLASS_IDS, LESION_CLASSES, type ClassId } from '#protocol/classes.ts';
import { INTENDED_USE } from '#protocol/intended-use.ts';
import { FAULTS, RETAKE_REASONS, WITHHELD_REASONS } from '#protocol/reasons.ts';
import type { CodeWords } from './code-words.ts';

/** The protocol's own texts. */
export const EN_CODES: Omit<CodeWords, 'fields'> = {
  reasons: { ...RETAKE_REASONS, ...WITHHELD_REASONS, ...FAULTS },
  board: BOARD_WARNINGS,
  checks: CHECK_TITLES,
  cures: CHECK_CURES,
  noPress: NO_PRESS,
  classes: Object.fromEntries(CLASS_IDS.map((id) => [id, LESION_CLASSES[id].name])) as Record<
    ClassId,
    string
  >,
  tags: {
    akiec: LESION_CLASSES.akiec.mark,
    bcc: LESION_CLASSES.bcc.mark,
    df: LESION_CLASSES.df.mark,
    mel: LESION_CLASSES.mel.mark,
    nv: LESION_CLASSES.nv.mark,
    vasc: LESION_CLASSES.vasc.mark,
  },
  sites: {
    chest: 'Chest',
    abdomen: 'Abdomen',
    'upper-arm-front': 'Upper arm, front',
    'forearm-front': 'Forearm, front',
    'thigh-front': 'Thigh, front',
    shin: 'Shin',
    'upper-back': 'Upper back',
    'lower-back': 'Lower back',
    buttock: 'Buttock',
    'upper-arm-back': 'Upper arm, back',
    'forearm-back': 'Forearm, back',
    'thigh-back': 'Thigh, back',
    calf: 'Calf',
    eye: 'Around the eye',
    ear: 'Ear',
    cheek: 'Cheek',
    'hand-back': 'Back of the hand',
    'fingers-back': 'Fingers, back',
    palm: 'Palm',
    'fingers-palm': 'Fingers, palm side',
    'foot-top': 'Top of the foot',
    toes: 'Toes',
    sole: 'Sole',
    heel: 'Heel',
    scalp: 'Scalp',
    forehead: 'Forehead',
    nose: 'Nose',
    mouth: 'Mouth and chin',
    neck: 'Neck',
    'scalp-back': 'Back of the head',
    nape: 'Nape',
  },
  contraIndications: {
    'special-site': 'On a nail, a mucous membrane, an eyelid or the genitals',
    ulceration: 'Ulcerated',
    bleeding: 'Bleeding',
    ulcerated: 'Ulcerated or bleeding',
    hidden: 'Obscured by hair, ink, a tattoo or a scar',
    'too-large': 'Larger than the field of view',
    'dark-skin': 'Dark skin (phototype V or VI)',
  },
  use: INTENDED_USE,
};
