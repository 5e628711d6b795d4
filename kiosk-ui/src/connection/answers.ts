/**
 * Checks of what the kiosk answers, for the screen. Written by `npm run api` from the schemas of the routes
 * (src/server/schemas); a test compares the two. Change the schemas, not this file.
 */

import type { ButtonTest, LampTest, SelfTestReport } from '#protocol/diagnostics.ts';
import type { GuideView } from '#protocol/guide.ts';
import type {
  About,
  AssignmentAnswer,
  CaptureAnswer,
  DriveListing,
  DrivePage,
  ErrorBody,
  ExportPlace,
  ExportWritten,
  SessionDetail,
  SessionPage,
} from '#protocol/http.ts';
import type { ComparisonView, LesionHistory, LesionRecord } from '#protocol/lesion.ts';
import type { UnlockState, UnlockAnswer, OperatorView, OperatorList } from '#protocol/operators.ts';
import type { LesionOverviews, OverviewView } from '#protocol/overview.ts';
import type { PatientPage, PatientView } from '#protocol/patients.ts';
import type { PracticeAnswer } from '#protocol/practice.ts';
import type { SettingsReply } from '#protocol/settings.ts';
import type { Statistics } from '#protocol/statistics.ts';
import { guard, type Shape } from './guard.ts';

const FIGURE: Shape = { object: { value: 'number', 'low?': 'number', 'high?': 'number' } };

const CAMERA_STATE: Shape = {
  object: {
    state: { oneOf: ['starting', 'live', 'stalled', 'lost', 'stopped'] },
    driver: 'string',
    simulated: 'boolean',
    'reason?': 'string',
    'location?': 'string',
  },
};

const BUTTON_STATE: Shape = {
  object: {
    driver: 'string',
    state: { oneOf: ['ready', 'touch-only', 'stuck'] },
    'reason?': 'string',
    'held?': { oneOf: [true] },
  },
};

const MODEL_STATE: Shape = {
  anyOf: [
    { object: { state: { oneOf: ['loading'] } } },
    {
      object: {
        state: { oneOf: ['ready'] },
        name: 'string',
        version: 'string',
        sha256: 'string',
        engine: 'string',
        threshold: 'number',
      },
    },
    { object: { state: { oneOf: ['none'] }, reason: 'string' } },
  ],
};

const ABOUT: Shape = {
  object: {
    program: { object: { version: 'string', licence: 'string', node: 'string' } },
    model: {
      anyOf: [
        {
          object: {
            name: 'string',
            version: 'string',
            sha256: 'string',
            engine: 'string',
            engineReason: 'string',
            created: 'string',
            licence: 'string',
            trainedOn: 'string',
            intendedUse: 'string',
            limits: { array: 'string' },
            confounders: { array: 'string' },
            'thresholdsSet?': 'string',
            'prevalence?': { object: { stated: 'number', reference: 'number', on: 'string' } },
            operatingPoints: {
              array: {
                object: {
                  name: 'string',
                  threshold: 'number',
                  sensitivity: FIGURE,
                  specificity: FIGURE,
                  default: 'boolean',
                },
              },
            },
            predictive: {
              array: { object: { prevalence: 'number', 'positive?': FIGURE, 'negative?': FIGURE } },
            },
            measured: {
              array: {
                object: {
                  value: 'number',
                  'low?': 'number',
                  'high?': 'number',
                  name: 'string',
                  on: 'string',
                },
              },
            },
            rules: { array: { object: { name: 'string', value: 'string' } } },
            files: { record: 'string' },
          },
        },
        { oneOf: [null] },
      ],
    },
    view: { object: { camera: CAMERA_STATE, button: BUTTON_STATE, model: MODEL_STATE } },
  },
};

const PROBABILITIES: Shape = {
  object: {
    akiec: 'number',
    bcc: 'number',
    bkl: 'number',
    df: 'number',
    mel: 'number',
    nv: 'number',
    vasc: 'number',
  },
};

const LESION: Shape = {
  object: {
    id: 'string',
    site: {
      oneOf: [
        'chest-right',
        'chest-left',
        'abdomen-right',
        'abdomen-left',
        'upper-arm-front-right',
        'upper-arm-front-left',
        'forearm-front-right',
        'forearm-front-left',
        'thigh-front-right',
        'thigh-front-left',
        'shin-right',
        'shin-left',
        'upper-back-right',
        'upper-back-left',
        'lower-back-right',
        'lower-back-left',
        'buttock-right',
        'buttock-left',
        'upper-arm-back-right',
        'upper-arm-back-left',
        'forearm-back-right',
        'forearm-back-left',
        'thigh-back-right',
        'thigh-back-left',
        'calf-right',
        'calf-left',
        'scalp',
        'forehead',
        'nose',
        'mouth',
        'neck',
        'scalp-back',
        'nape',
        'eye-right',
        'eye-left',
        'ear-right',
        'ear-left',
        'cheek-right',
        'cheek-left',
        'hand-back-right',
        'hand-back-left',
        'fingers-back-right',
        'fingers-back-left',
        'palm-right',
        'palm-left',
        'fingers-palm-right',
        'fingers-palm-left',
        'foot-top-right',
        'foot-top-left',
        'toes-right',
        'toes-left',
        'sole-right',
        'sole-left',
        'heel-right',
        'heel-left',
      ],
    },
    label: 'string',
    contraIndications: {
      anyOf: [
        {
          array: {
            oneOf: [
              'special-site',
              'ulceration',
              'bleeding',
              'hidden',
              'too-large',
              'dark-skin',
              'ulcerated',
            ],
          },
        },
        { oneOf: [null] },
      ],
    },
    'closed?': { oneOf: ['excised', 'resolved', 'duplicate', 'other'] },
  },
};

const SESSION_CONTEXT: Shape = {
  object: {
    patient: 'string',
    'phototype?': 'number',
    'birthYear?': 'number',
    'reference?': 'string',
    'lesion?': LESION,
  },
};

const STORED_IMAGE: Shape = { object: { keptAt: 'string', due: 'string', mask: 'boolean' } };

const MODEL_IDENTITY: Shape = {
  object: { name: 'string', version: 'string', sha256: 'string', engine: 'string' },
};

const QUALITY_VALUES: Shape = {
  object: {
    width: 'number',
    height: 'number',
    brightness: 'number',
    contrast: 'number',
    darkShare: 'number',
    brightShare: 'number',
    focus: 'number',
    'detail?': 'number',
    'motion?': 'number',
    'damage?': 'number',
    'grain?': 'number',
  },
};

const LESION_VALUES: Shape = {
  object: {
    'evidence?': 'number',
    'share?': 'number',
    'distance?': 'number',
    'hair?': 'number',
    'glare?': 'number',
    'ink?': 'number',
    'cut?': 'number',
    'lesionFocus?': 'number',
  },
};

const ABCD_FEATURES: Shape = {
  object: {
    asymmetry: 'number',
    borderIrregularity: 'number',
    colours: 'number',
    share: 'number',
    'diameterMm?': 'number',
  },
};

const CONTRA_ANSWER: Shape = {
  object: {
    asked: {
      array: {
        oneOf: ['special-site', 'ulceration', 'bleeding', 'hidden', 'too-large', 'dark-skin', 'ulcerated'],
      },
    },
    found: {
      anyOf: [
        {
          array: {
            oneOf: [
              'special-site',
              'ulceration',
              'bleeding',
              'hidden',
              'too-large',
              'dark-skin',
              'ulcerated',
            ],
          },
        },
        { oneOf: [null] },
      ],
    },
  },
};

const OPINION_BEFORE: Shape = {
  object: {
    opinion: { anyOf: [{ oneOf: ['benign', 'malignant', 'unsure'] }, { oneOf: [null] }] },
    at: 'string',
    'operator?': 'string',
  },
};

const RESCORED: Shape = {
  anyOf: [
    {
      object: {
        outcome: { oneOf: ['result'] },
        malignancy: 'number',
        threshold: 'number',
        statement: { oneOf: ['above', 'at', 'below'] },
        'prevalence?': 'number',
        probabilities: PROBABILITIES,
        model: MODEL_IDENTITY,
        at: 'string',
        'operator?': 'string',
      },
    },
    {
      object: {
        outcome: { oneOf: ['withheld'] },
        reason: 'string',
        model: MODEL_IDENTITY,
        at: 'string',
        'operator?': 'string',
      },
    },
    {
      object: {
        outcome: { oneOf: ['retake'] },
        reason: 'string',
        model: MODEL_IDENTITY,
        at: 'string',
        'operator?': 'string',
      },
    },
  ],
};

const RECORDED_REVIEW: Shape = {
  anyOf: [
    {
      object: {
        kind: { oneOf: ['clinician'] },
        value: { oneOf: ['agree', 'disagree', 'unsure'] },
        'opinion?': { oneOf: ['benign', 'malignant', 'akiec', 'bcc', 'bkl', 'df', 'mel', 'nv', 'vasc'] },
        sequence: 'number',
        at: 'string',
        'operator?': 'string',
      },
    },
    {
      object: {
        kind: { oneOf: ['histology'] },
        value: {
          oneOf: [
            'akiec',
            'bcc',
            'bkl',
            'df',
            'mel',
            'nv',
            'vasc',
            'benign-other',
            'malignant-other',
            'inconclusive',
            'not-excised',
          ],
        },
        sequence: 'number',
        at: 'string',
        'operator?': 'string',
      },
    },
    {
      object: {
        kind: { oneOf: ['clinician', 'histology'] },
        value: { oneOf: [null] },
        sequence: 'number',
        at: 'string',
        'operator?': 'string',
      },
    },
  ],
};

const JOURNAL_ROW: Shape = {
  object: { sequence: 'number', at: 'string', kind: 'string', body: { record: 'unknown' }, hash: 'string' },
};

const SESSION_DETAIL: Shape = {
  object: {
    id: 'string',
    number: 'number',
    source: { oneOf: ['camera', 'upload'] },
    openedAt: 'string',
    outcome: { oneOf: ['result', 'withheld', 'retake', 'fault', 'aborted'] },
    'reason?': 'string',
    'malignancy?': 'number',
    'threshold?': 'number',
    'statement?': { oneOf: ['above', 'at', 'below'] },
    'probabilities?': PROBABILITIES,
    'prevalence?': 'number',
    disposition: { oneOf: ['unreviewed', 'accepted', 'discarded'] },
    'clinician?': { oneOf: ['agree', 'disagree', 'unsure'] },
    'opinion?': { oneOf: ['benign', 'malignant', 'akiec', 'bcc', 'bkl', 'df', 'mel', 'nv', 'vasc'] },
    'histology?': {
      oneOf: [
        'akiec',
        'bcc',
        'bkl',
        'df',
        'mel',
        'nv',
        'vasc',
        'benign-other',
        'malignant-other',
        'inconclusive',
        'not-excised',
      ],
    },
    'context?': SESSION_CONTEXT,
    'pictured?': 'boolean',
    'kept?': STORED_IMAGE,
    'marked?': { array: { oneOf: ['akiec', 'bcc', 'bkl', 'df', 'mel', 'nv', 'vasc'] } },
    'model?': MODEL_IDENTITY,
    'pictureSha256?': 'string',
    'quality?': QUALITY_VALUES,
    'lesion?': LESION_VALUES,
    'hints?': ABCD_FEATURES,
    'contra?': CONTRA_ANSWER,
    'opinionBefore?': OPINION_BEFORE,
    'timings?': { record: 'number' },
    'clinicianBy?': 'string',
    'histologyBy?': 'string',
    'rescored?': RESCORED,
    'operators?': { record: 'string' },
    assessments: { array: RECORDED_REVIEW },
    journal: { array: JOURNAL_ROW },
  },
};

const ASSIGNMENT_ANSWER: Shape = { object: { session: SESSION_DETAIL, lesions: { array: LESION } } };

const BUTTON_TEST: Shape = {
  anyOf: [
    { object: { pressed: { oneOf: [true] }, driver: 'string', location: 'string' } },
    { object: { pressed: { oneOf: [false] }, message: 'string', cure: 'string' } },
  ],
};

const EXPLANATION: Shape = {
  object: {
    'outline?': { array: { tuple: ['number', 'number'] } },
    'heat?': { object: { side: 'number', values: { array: 'number' } } },
    'hints?': ABCD_FEATURES,
  },
};

const RESULT: Shape = {
  anyOf: [
    {
      object: {
        outcome: { oneOf: ['result'] },
        malignancy: 'number',
        threshold: 'number',
        statement: { oneOf: ['above', 'at', 'below'] },
        'prevalence?': 'number',
        'observed?': {
          object: {
            lesions: 'number',
            malignant: 'number',
            low: 'number',
            high: 'number',
            'stated?': { object: { value: 'number', low: 'number', high: 'number' } },
          },
        },
        classes: {
          array: {
            object: {
              id: { oneOf: ['akiec', 'bcc', 'bkl', 'df', 'mel', 'nv', 'vasc'] },
              name: 'string',
              kind: { oneOf: ['cancer', 'pre-cancer', 'benign'] },
              mark: 'string',
              probability: 'number',
              'marked?': { oneOf: [true] },
            },
          },
        },
        'explanation?': EXPLANATION,
        model: MODEL_IDENTITY,
      },
    },
    {
      object: {
        outcome: { oneOf: ['withheld'] },
        reason: 'string',
        'explanation?': { object: { 'outline?': { array: { tuple: ['number', 'number'] } } } },
        model: MODEL_IDENTITY,
      },
    },
  ],
};

const CAPTURE_ANSWER: Shape = {
  anyOf: [
    {
      object: { id: 'string', number: 'number', outcome: { oneOf: ['result', 'withheld'] }, result: RESULT },
    },
    {
      object: {
        id: 'string',
        number: 'number',
        outcome: { oneOf: ['retake'] },
        reason: 'string',
        message: 'string',
        cure: 'string',
      },
    },
  ],
};

const CHANGE: Shape = { object: { percent: 'number', low: 'number', high: 'number' } };

const COMPARISON: Shape = {
  object: {
    'registration?': { object: { a: 'number', b: 'number', tx: 'number', ty: 'number' } },
    'change?': {
      object: {
        area: CHANGE,
        diameter: CHANGE,
        shape: CHANGE,
        scaleBy: { oneOf: ['calibration', 'registration'] },
      },
    },
    'refused?': { oneOf: ['no-lesion', 'cut', 'not-registered', 'scales-disagree', 'too-uncertain'] },
    outlines: {
      tuple: [{ array: { tuple: ['number', 'number'] } }, { array: { tuple: ['number', 'number'] } }],
    },
  },
};

const DRIVE_FILE: Shape = {
  object: { file: 'number', name: 'string', folder: 'string', bytes: 'number', modifiedAt: 'string' },
};

const DRIVE_PAGE: Shape = { object: { listing: 'string', files: { array: DRIVE_FILE }, 'next?': 'number' } };

const DRIVE_LISTING: Shape = {
  anyOf: [DRIVE_PAGE, { object: { listing: { oneOf: [null] }, localScreen: 'boolean' } }],
};

const ERROR_BODY: Shape = {
  object: { error: { object: { code: 'string', message: 'string', cure: 'string' } } },
};

const EXPORT_PLACE: Shape = {
  anyOf: [{ object: { folder: { oneOf: [null] } } }, { object: { folder: 'string', references: 'boolean' } }],
};

const EXPORT_WRITTEN: Shape = { object: { file: 'string' } };

const GUIDE_VIEW: Shape = {
  object: {
    step: {
      anyOf: [
        {
          oneOf: [
            'language',
            'clock',
            'pin',
            'camera',
            'light',
            'button',
            'network',
            'prevalence',
            'retention',
            'summary',
          ],
        },
        { oneOf: [null] },
      ],
    },
    localScreen: 'boolean',
    addresses: { array: 'string' },
    fixed: { array: { object: { setting: 'string', variable: 'string' } } },
  },
};

const LAMP_TEST: Shape = { object: { blinking: 'boolean', found: 'string' } };

const LESION_HISTORY: Shape = {
  object: {
    'model?': 'string',
    captures: {
      array: {
        object: {
          id: 'string',
          number: 'number',
          openedAt: 'string',
          outcome: { oneOf: ['result', 'withheld'] },
          'reason?': 'string',
          'malignancy?': 'number',
          'threshold?': 'number',
          'statement?': { oneOf: ['above', 'at', 'below'] },
          model: 'string',
          'rescored?': {
            object: {
              outcome: { oneOf: ['result', 'withheld', 'retake'] },
              'malignancy?': 'number',
              'threshold?': 'number',
              'statement?': { oneOf: ['above', 'at', 'below'] },
              model: 'string',
            },
          },
          'histology?': {
            oneOf: [
              'akiec',
              'bcc',
              'bkl',
              'df',
              'mel',
              'nv',
              'vasc',
              'benign-other',
              'malignant-other',
              'inconclusive',
              'not-excised',
            ],
          },
          'diameterMm?': 'number',
          pictured: 'boolean',
        },
      },
    },
  },
};

const STORED_OVERVIEW: Shape = { object: { id: 'string', keptAt: 'string', due: 'string' } };

const LESION_OVERVIEWS: Shape = { object: { overviews: { array: STORED_OVERVIEW } } };

const LESION_RECORD: Shape = {
  object: {
    lesion: LESION,
    history: {
      array: {
        object: {
          kind: { oneOf: ['renamed', 'moved', 'closed', 'reopened'] },
          at: 'string',
          'label?': 'string',
          'site?': {
            oneOf: [
              'chest-right',
              'chest-left',
              'abdomen-right',
              'abdomen-left',
              'upper-arm-front-right',
              'upper-arm-front-left',
              'forearm-front-right',
              'forearm-front-left',
              'thigh-front-right',
              'thigh-front-left',
              'shin-right',
              'shin-left',
              'upper-back-right',
              'upper-back-left',
              'lower-back-right',
              'lower-back-left',
              'buttock-right',
              'buttock-left',
              'upper-arm-back-right',
              'upper-arm-back-left',
              'forearm-back-right',
              'forearm-back-left',
              'thigh-back-right',
              'thigh-back-left',
              'calf-right',
              'calf-left',
              'scalp',
              'forehead',
              'nose',
              'mouth',
              'neck',
              'scalp-back',
              'nape',
              'eye-right',
              'eye-left',
              'ear-right',
              'ear-left',
              'cheek-right',
              'cheek-left',
              'hand-back-right',
              'hand-back-left',
              'fingers-back-right',
              'fingers-back-left',
              'palm-right',
              'palm-left',
              'fingers-palm-right',
              'fingers-palm-left',
              'foot-top-right',
              'foot-top-left',
              'toes-right',
              'toes-left',
              'sole-right',
              'sole-left',
              'heel-right',
              'heel-left',
            ],
          },
          'reason?': { oneOf: ['excised', 'resolved', 'duplicate', 'other'] },
          'operator?': 'string',
        },
      },
    },
    'operators?': { record: 'string' },
  },
};

const OVERVIEW_VIEW: Shape = {
  object: {
    id: 'string',
    state: { oneOf: ['aiming', 'taking', 'held'] },
    'fault?': 'string',
    'shot?': { object: { number: 'number', picture: 'string' } },
    'of?': { object: { reference: 'string', lesion: LESION } },
    consent: 'boolean',
    days: 'number',
  },
};

const PATIENT_PAGE: Shape = {
  object: {
    patients: {
      array: {
        object: {
          id: 'string',
          reference: 'string',
          lesions: 'number',
          sessions: 'number',
          'lastAt?': 'string',
          'formerly?': 'string',
        },
      },
    },
    'next?': 'number',
  },
};

const PATIENT: Shape = {
  object: {
    id: 'string',
    reference: 'string',
    'phototype?': 'number',
    'birthYear?': 'number',
    lesions: {
      array: {
        object: {
          lesion: LESION,
          captures: 'number',
          'last?': { object: { openedAt: 'string', mark: { oneOf: ['above', 'at', 'below', 'no-answer'] } } },
        },
      },
    },
    visits: {
      array: {
        object: {
          day: 'string',
          sessions: {
            array: {
              object: {
                id: 'string',
                number: 'number',
                openedAt: 'string',
                outcome: { oneOf: ['result', 'withheld', 'retake', 'fault', 'aborted'] },
                'statement?': { oneOf: ['above', 'at', 'below'] },
                'lesion?': 'string',
              },
            },
          },
        },
      },
    },
  },
};

const PRACTICE: Shape = {
  anyOf: [
    {
      object: {
        state: { oneOf: ['aiming', 'checking'] },
        step: { oneOf: ['focus', 'hair', 'gel', 'light', 'aim'] },
        cured: 'boolean',
      },
    },
    {
      object: {
        state: { oneOf: ['retake'] },
        reason: 'string',
        step: { oneOf: ['focus', 'hair', 'gel', 'light', 'aim'] },
        cured: 'boolean',
      },
    },
    {
      object: {
        state: { oneOf: ['good'] },
        step: { oneOf: ['focus', 'hair', 'gel', 'light', 'aim'] },
        cured: 'boolean',
      },
    },
    {
      object: {
        state: { oneOf: ['fault'] },
        code: 'string',
        step: { oneOf: ['focus', 'hair', 'gel', 'light', 'aim'] },
        cured: 'boolean',
      },
    },
  ],
};

const PRACTICE_ANSWER: Shape = { object: { practice: { anyOf: [PRACTICE, { oneOf: [null] }] } } };

const SELF_TEST_REPORT: Shape = {
  object: {
    at: 'string',
    checks: {
      array: {
        object: {
          id: 'string',
          title: 'string',
          state: { oneOf: ['ok', 'warning', 'failed', 'unknown'] },
          found: 'string',
          'cure?': 'string',
          'cureCode?': 'string',
        },
      },
    },
  },
};

const SESSION_SUMMARY: Shape = {
  object: {
    id: 'string',
    number: 'number',
    source: { oneOf: ['camera', 'upload'] },
    openedAt: 'string',
    outcome: { oneOf: ['result', 'withheld', 'retake', 'fault', 'aborted'] },
    'reason?': 'string',
    'malignancy?': 'number',
    'threshold?': 'number',
    'statement?': { oneOf: ['above', 'at', 'below'] },
    'probabilities?': PROBABILITIES,
    'prevalence?': 'number',
    disposition: { oneOf: ['unreviewed', 'accepted', 'discarded'] },
    'clinician?': { oneOf: ['agree', 'disagree', 'unsure'] },
    'opinion?': { oneOf: ['benign', 'malignant', 'akiec', 'bcc', 'bkl', 'df', 'mel', 'nv', 'vasc'] },
    'histology?': {
      oneOf: [
        'akiec',
        'bcc',
        'bkl',
        'df',
        'mel',
        'nv',
        'vasc',
        'benign-other',
        'malignant-other',
        'inconclusive',
        'not-excised',
      ],
    },
    'context?': SESSION_CONTEXT,
    'pictured?': 'boolean',
  },
};

const SESSION_PAGE: Shape = { object: { sessions: { array: SESSION_SUMMARY }, 'next?': 'number' } };

const SETTINGS_SNAPSHOT: Shape = {
  object: {
    pin: { oneOf: ['none', 'set'] },
    localScreen: 'boolean',
    waitMs: 'number',
    'unlocked?': {
      object: {
        entries: {
          array: {
            object: {
              setting: 'string',
              value: { anyOf: ['string', 'number', 'boolean'] },
              default: { anyOf: ['string', 'number', 'boolean'] },
              by: { oneOf: ['default', 'screen', 'environment'] },
              variable: 'string',
              choices: { array: { anyOf: ['string', 'number', 'boolean'] } },
            },
          },
        },
        operatingPoints: {
          array: {
            object: {
              name: 'string',
              threshold: 'number',
              sensitivity: FIGURE,
              specificity: FIGURE,
              default: 'boolean',
            },
          },
        },
        dims: { oneOf: ['backlight', 'picture'] },
      },
    },
  },
};

const SETTINGS_REPLY: Shape = {
  anyOf: [
    { object: { ok: { oneOf: [true] }, snapshot: SETTINGS_SNAPSHOT } },
    {
      object: {
        ok: { oneOf: [false] },
        code: 'string',
        message: 'string',
        cure: 'string',
        snapshot: SETTINGS_SNAPSHOT,
      },
    },
  ],
};

const OUTCOME_COUNTS: Shape = {
  object: { result: 'number', withheld: 'number', retake: 'number', fault: 'number', aborted: 'number' },
};

const SHARE: Shape = { object: { count: 'number', of: 'number', 'figure?': FIGURE } };

const STATISTICS: Shape = {
  object: {
    sessions: 'number',
    outcomes: OUTCOME_COUNTS,
    days: { array: { object: { day: 'string', outcomes: OUTCOME_COUNTS } } },
    verdicts: { object: { agree: 'number', disagree: 'number', unsure: 'number' } },
    agreement: SHARE,
    blind: {
      object: {
        asked: 'number',
        opinions: { object: { benign: 'number', malignant: 'number', unsure: 'number', none: 'number' } },
        agreement: SHARE,
        changed: SHARE,
        followed: 'number',
      },
    },
    histology: {
      object: {
        above: { object: { malignant: 'number', benign: 'number' } },
        below: { object: { malignant: 'number', benign: 'number' } },
        withheld: { object: { malignant: 'number', benign: 'number' } },
      },
    },
    sensitivity: SHARE,
    specificity: SHARE,
  },
};

const UNLOCK: Shape = { object: { operator: 'string', 'name?': 'string', settings: 'boolean' } };

const UNLOCK_STATE: Shape = {
  object: {
    required: 'boolean',
    operators: { array: { object: { id: 'string', name: 'string', pin: 'boolean', waitMs: 'number' } } },
    badges: 'boolean',
    badgePrefix: 'string',
    badgeWaitMs: 'number',
    pin: 'boolean',
    pinWaitMs: 'number',
    'unlocked?': UNLOCK,
  },
};

const UNLOCK_ANSWER: Shape = {
  object: {
    required: 'boolean',
    operators: { array: { object: { id: 'string', name: 'string', pin: 'boolean', waitMs: 'number' } } },
    badges: 'boolean',
    badgePrefix: 'string',
    badgeWaitMs: 'number',
    pin: 'boolean',
    pinWaitMs: 'number',
    'unlocked?': UNLOCK,
    token: 'string',
  },
};

const OPERATOR: Shape = {
  object: {
    id: 'string',
    name: 'string',
    active: 'boolean',
    settings: 'boolean',
    badge: 'boolean',
    pin: 'boolean',
  },
};

const OPERATOR_LIST: Shape = { object: { operators: { array: OPERATOR } } };

export const isAbout = guard<About>(ABOUT);

export const isAssignmentAnswer = guard<AssignmentAnswer>(ASSIGNMENT_ANSWER);

export const isButtonTest = guard<ButtonTest>(BUTTON_TEST);

export const isCaptureAnswer = guard<CaptureAnswer>(CAPTURE_ANSWER);

export const isComparison = guard<ComparisonView>(COMPARISON);

export const isDriveListing = guard<DriveListing>(DRIVE_LISTING);

export const isDrivePage = guard<DrivePage>(DRIVE_PAGE);

export const isErrorBody = guard<ErrorBody>(ERROR_BODY);

export const isExportPlace = guard<ExportPlace>(EXPORT_PLACE);

export const isExportWritten = guard<ExportWritten>(EXPORT_WRITTEN);

export const isGuideView = guard<GuideView>(GUIDE_VIEW);

export const isLampTest = guard<LampTest>(LAMP_TEST);

export const isLesionHistory = guard<LesionHistory>(LESION_HISTORY);

export const isLesionOverviews = guard<LesionOverviews>(LESION_OVERVIEWS);

export const isLesionRecord = guard<LesionRecord>(LESION_RECORD);

export const isOverviewView = guard<OverviewView>(OVERVIEW_VIEW);

export const isPatientPage = guard<PatientPage>(PATIENT_PAGE);

export const isPatient = guard<PatientView>(PATIENT);

export const isPracticeAnswer = guard<PracticeAnswer>(PRACTICE_ANSWER);

export const isSelfTestReport = guard<SelfTestReport>(SELF_TEST_REPORT);

export const isSessionDetail = guard<SessionDetail>(SESSION_DETAIL);

export const isSessionPage = guard<SessionPage>(SESSION_PAGE);

export const isSettingsReply = guard<SettingsReply>(SETTINGS_REPLY);

export const isStatistics = guard<Statistics>(STATISTICS);

export const isUnlockState = guard<UnlockState>(UNLOCK_STATE);

export const isUnlockAnswer = guard<UnlockAnswer>(UNLOCK_ANSWER);

export const isOperator = guard<OperatorView>(OPERATOR);

export const isOperatorList = guard<OperatorList>(OPERATOR_LIST);
