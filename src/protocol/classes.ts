/**
 * The seven HAM10000 classes, in the order used by every model, table and payload of this project (alphabetical by
 * identifier, as in the data set's metadata).
 */
export const CLASS_IDS = ['akiec', 'bcc', 'bkl', 'df', 'mel', 'nv', 'vasc'] as const;

export type ClassId = (typeof CLASS_IDS)[number];

/** What a class means for the patient; `pre-cancer` covers actinic keratosis and carcinoma in situ (Bowen). */
export type ClassKind = 'cancer' | 'pre-cancer' | 'benign';

export interface LesionClass {
  readonly id: ClassId;
  readonly name: string;
  readonly kind: ClassKind;
  /** Shown beside the bar: the meaning of the kind in two or three words. */
  readonly mark: string;
  /** Ties in the differential are ordered by this, the more severe (larger) first. */
  readonly severity: number;
}

export const LESION_CLASSES: Readonly<Record<ClassId, LesionClass>> = {
  akiec: {
    id: 'akiec',
    name: 'Actinic keratosis / Bowen’s disease',
    kind: 'pre-cancer',
    mark: 'pre-cancer or carcinoma in situ',
    severity: 5,
  },
  bcc: { id: 'bcc', name: 'Basal cell carcinoma', kind: 'cancer', mark: 'cancer', severity: 6 },
  bkl: { id: 'bkl', name: 'Benign keratosis', kind: 'benign', mark: 'benign', severity: 3 },
  df: { id: 'df', name: 'Dermatofibroma', kind: 'benign', mark: 'benign', severity: 2 },
  mel: { id: 'mel', name: 'Melanoma', kind: 'cancer', mark: 'cancer', severity: 7 },
  nv: { id: 'nv', name: 'Melanocytic naevus', kind: 'benign', mark: 'benign', severity: 1 },
  vasc: { id: 'vasc', name: 'Vascular lesion', kind: 'benign', mark: 'benign', severity: 4 },
};

/** The classes whose probabilities add up to the probability of malignancy. */
export const MALIGNANT_CLASSES: readonly ClassId[] = CLASS_IDS.filter(
  (id) => LESION_CLASSES[id].kind !== 'benign',
);

/** Probabilities in 0–1 that sum to 1. */
export type Probabilities = Readonly<Record<ClassId, number>>;
