import { Type, type Static } from '@sinclair/typebox';
import { CLASS_IDS } from '../../protocol/classes.ts';

/**
 * `card.json`, the identity card of a model bundle: what it is, how pictures are prepared for it, what it was measured to do. Written
 * by `model/training`, read here. Every number the kiosk compares a probability with comes from it.
 */
const Interval = Type.Object({
  value: Type.Number(),
  /** 95 % bootstrap interval by lesion. */
  low: Type.Optional(Type.Number()),
  high: Type.Optional(Type.Number()),
});

/** 0–1. */
const Share = Type.Number({ minimum: 0, maximum: 1 });

export const CardSchema = Type.Object({
  schema: Type.Literal(1),
  name: Type.String({ minLength: 1 }),
  version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' }),
  created: Type.String(),
  licence: Type.String(),
  /** Data set, licence and folds, in one sentence. */
  trainedOn: Type.String(),
  intendedUse: Type.String(),
  limits: Type.Array(Type.String()),
  /** What in a picture is known to mislead, beside the lesion: hair, rulers, ink, gel bubbles, vignette; a sentence each. */
  confounders: Type.Optional(Type.Array(Type.String())),
  classes: Type.Tuple(CLASS_IDS.map((id) => Type.Literal(id))),
  input: Type.Object({
    /** Side of the square the network takes, pixels. */
    size: Type.Integer({ minimum: 8, maximum: 1024 }),
    preprocessing: Type.Object({
      /** The geometry of `vision/geometry.ts`; a change there that moves a pixel gets a new number. */
      version: Type.Literal(1),
      /** Side the centre square is reduced to by area before it is brought to `size`, pixels. */
      areaSide: Type.Integer({ minimum: 8, maximum: 1024 }),
    }),
  }),
  /** Names of the graph's tensors: uint8 [n, size, size, 3] RGB in, float32 out; `Outputs` says which shape each has. */
  tensors: Type.Object({
    image: Type.String(),
    logits: Type.String(),
    map: Type.Optional(Type.String()),
    features: Type.Optional(Type.String()),
    mask: Type.Optional(Type.String()),
  }),
  /** How many of the `POSITIONS` of a square the network sees of each picture; one where it is absent. */
  views: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(4), Type.Literal(8)])),
  calibration: Type.Object({
    /** Logits are divided by it before the softmax. */
    temperature: Type.Number({ exclusiveMinimum: 0 }),
    /** Added to the logits before that, in the order of `classes`. */
    classBias: Type.Optional(Type.Array(Type.Number(), { minItems: 7, maxItems: 7 })),
    /** Platt's map of the malignant sum, on its log-odds: `slope` × log-odds + `intercept`. A slope that is not positive would turn the order round. */
    malignancy: Type.Optional(
      Type.Object({ slope: Type.Number({ exclusiveMinimum: 0 }), intercept: Type.Number() }),
    ),
    /** Another bias than `classBias`, by which the malignant classes share their sum and the benign ones theirs: how rare a diagnosis may be
     * and still be named. */
    differential: Type.Optional(
      Type.Object({ classBias: Type.Array(Type.Number(), { minItems: 7, maxItems: 7 }) }),
    ),
  }),
  /** Below either of them there is no lesion in the picture; both are shares, 0–1, of the lesion mask (`lesionEvidenceOf`). */
  presence: Type.Optional(Type.Object({ evidence: Share, share: Share })),
  /** How far from the training pictures the features may lie; `likeness.bin` holds the numbers to measure it by (`OodModel`). */
  likeness: Type.Optional(
    Type.Object({
      file: Type.String({ minLength: 1 }),
      components: Type.Integer({ minimum: 1 }),
      features: Type.Integer({ minimum: 1 }),
      /** Squared Mahalanobis distance. */
      limit: Type.Number({ exclusiveMinimum: 0 }),
    }),
  ),
  /** When a set of possible classes is too large to be an answer (`isUnsure`). */
  conformal: Type.Optional(
    Type.Object({
      /** Share of pictures whose true class is in the set. */
      coverage: Share,
      /** A class is in the set from this probability on. */
      minProbability: Share,
      maxSize: Type.Integer({ minimum: 1, maximum: 7 }),
    }),
  ),
  /** What became of tested lesions with a like number (`observedOf`): of groups of them that follow each other by their malignancy. */
  reliability: Type.Optional(
    Type.Object({
      on: Type.String(),
      /** Median of each group, rising. */
      malignancy: Type.Array(Share, { minItems: 1 }),
      /** How many each group has, and how many of them are malignant. */
      lesions: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1 }),
      malignant: Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1 }),
    }),
  ),
  /** What the scores of a known population looked like, to tell later whether those of this kiosk have moved away. */
  drift: Type.Optional(
    Type.Object({
      on: Type.String(),
      malignancyDeciles: Type.Array(Share, { minItems: 9, maxItems: 9 }),
      /** Share of the pictures whose answer was withheld. */
      withheld: Type.Optional(Share),
      /** Share of the pictures that the quality gate refused. */
      gate: Type.Optional(Share),
    }),
  ),
  /** When the thresholds were set, ISO 8601 in UTC: they are frozen from then on, and what is measured later is measured at them. */
  thresholdsSet: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' })),
  operatingPoints: Type.Array(
    Type.Object({
      name: Type.String(),
      targetSensitivity: Type.Number(),
      /** A malignancy at or above it is above the referral threshold. */
      threshold: Share,
      sensitivity: Interval,
      specificity: Interval,
      default: Type.Boolean(),
    }),
    { minItems: 1 },
  ),
  /** Measured figures with their intervals; `name` is the field's term. */
  measured: Type.Array(Type.Intersect([Type.Object({ name: Type.String(), on: Type.String() }), Interval])),
  /** Hex SHA-256 of every other file of the bundle, by its path inside it. */
  files: Type.Record(Type.String(), Type.String({ pattern: '^[0-9a-f]{64}$' })),
});

export type Card = Static<typeof CardSchema>;

/** `self-test.json` of a bundle: inputs drawn from a formula, outputs of the training framework. */
export const SelfTestSchema = Type.Object({
  /** Largest allowed difference of any probability; of the other values relative to them where they are larger than 1. */
  tolerance: Type.Number(),
  vectors: Type.Array(
    Type.Object({
      name: Type.String(),
      /** Base64 of uint8 [size, size, 3] RGB. */
      image: Type.String(),
      /** Softmax of the bare logits (no temperature), in the order of `classes`. */
      probabilities: Type.Array(Type.Number(), { minItems: 7, maxItems: 7 }),
      /** Mean of the mask over its points. */
      lesionShare: Type.Optional(Type.Number()),
      /** Euclidean norm of the features. */
      featureNorm: Type.Optional(Type.Number()),
    }),
    { minItems: 1 },
  ),
});

export type SelfTest = Static<typeof SelfTestSchema>;
