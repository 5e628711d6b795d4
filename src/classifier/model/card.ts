import { Type, type Static } from '@sinclair/typebox';
import { CLASS_IDS } from '../../protocol/classes.ts';

/**
 * `card.json`, the model card of a bundle: what it is, how images are preprocessed for it, how it performed. Written by
 * `model/training`, read here. Every number the kiosk compares a probability with comes from it.
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
  /** Known confounders in an image besides the lesion: hair, rulers, ink, gel bubbles, vignetting; a sentence each. */
  confounders: Type.Optional(Type.Array(Type.String())),
  classes: Type.Tuple(CLASS_IDS.map((id) => Type.Literal(id))),
  input: Type.Object({
    /** Side of the network's input square, pixels. */
    size: Type.Integer({ minimum: 8, maximum: 1024 }),
    preprocessing: Type.Object({
      /** Version of the geometry in `vision/geometry.ts`; a change there that moves a pixel gets a new number. */
      version: Type.Literal(1),
      /** Side to which the centre square is area-averaged before it is resized to `size`, pixels. */
      areaSide: Type.Integer({ minimum: 8, maximum: 1024 }),
    }),
  }),
  /** Names of the graph's tensors: uint8 [n, size, size, 3] RGB in, float32 out; `Outputs` defines their shapes. */
  tensors: Type.Object({
    image: Type.String(),
    logits: Type.String(),
    map: Type.Optional(Type.String()),
    features: Type.Optional(Type.String()),
    mask: Type.Optional(Type.String()),
  }),
  /** How many of the `POSITIONS` of a square are used for test-time augmentation; one if absent. */
  views: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(4), Type.Literal(8)])),
  calibration: Type.Object({
    /** Divides the logits before the softmax. */
    temperature: Type.Number({ exclusiveMinimum: 0 }),
    /** Added to the logits before that, in the order of `classes`. */
    classBias: Type.Optional(Type.Array(Type.Number(), { minItems: 7, maxItems: 7 })),
    /**
     * Platt scaling of the malignant sum, on its log-odds: `slope` × log-odds + `intercept`. A slope that is not
     * positive would reverse the order.
     */
    malignancy: Type.Optional(
      Type.Object({ slope: Type.Number({ exclusiveMinimum: 0 }), intercept: Type.Number() }),
    ),
    /**
     * Replaces `classBias` for dividing the sum among the malignant classes and among the benign ones: how rare a
     * diagnosis may be and still be named.
     */
    differential: Type.Optional(
      Type.Object({ classBias: Type.Array(Type.Number(), { minItems: 7, maxItems: 7 }) }),
    ),
  }),
  /**
   * The frequencies of the classes for which the probabilities hold: shares of the images `on` which they were
   * calibrated, in the order of `classes`. Without them the kiosk can state no other prevalence.
   */
  reference: Type.Optional(
    Type.Object({
      on: Type.String({ minLength: 1 }),
      classShares: Type.Array(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }), {
        minItems: 7,
        maxItems: 7,
      }),
    }),
  ),
  /** Below either of them there is no lesion in the image; both are 0–1, from the lesion mask (`lesionEvidenceOf`). */
  presence: Type.Optional(Type.Object({ evidence: Share, share: Share })),
  /**
   * Largest distance of the features from the training images; `likeness.bin` contains the distribution (`OodModel`).
   */
  likeness: Type.Optional(
    Type.Object({
      file: Type.String({ minLength: 1 }),
      components: Type.Integer({ minimum: 1 }),
      features: Type.Integer({ minimum: 1 }),
      /** Squared Mahalanobis distance. */
      limit: Type.Number({ exclusiveMinimum: 0 }),
    }),
  ),
  /** When a set of possible classes is too large for a result (`isUnsure`). */
  conformal: Type.Optional(
    Type.Object({
      /** Fraction of images whose true class is in the set. */
      coverage: Share,
      /** A class is in the set from this probability on. */
      minProbability: Share,
      maxSize: Type.Integer({ minimum: 1, maximum: 7 }),
    }),
  ),
  /** Outcomes of test lesions with similar scores (`observedOf`): in groups ordered by malignancy. */
  reliability: Type.Optional(
    Type.Object({
      on: Type.String(),
      /** Median of each group, rising. */
      malignancy: Type.Array(Share, { minItems: 1 }),
      /** Number of lesions in each group, and how many of them are malignant. */
      lesions: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1 }),
      malignant: Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1 }),
    }),
  ),
  /** Distribution of the scores on a reference set, for detecting drift of this kiosk's scores later. */
  drift: Type.Optional(
    Type.Object({
      on: Type.String(),
      malignancyDeciles: Type.Array(Share, { minItems: 9, maxItems: 9 }),
      /** Fraction of the images whose result was withheld. */
      withheld: Type.Optional(Share),
      /** Fraction of the images that the quality gate rejected. */
      gate: Type.Optional(Share),
    }),
  ),
  /** When the thresholds were set, ISO 8601 in UTC: they are frozen from then on, and later measurements use them. */
  thresholdsSet: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' })),
  operatingPoints: Type.Array(
    Type.Object({
      name: Type.String(),
      targetSensitivity: Type.Number(),
      /** A malignancy at or above it is above the referral threshold. */
      threshold: Share,
      /**
       * A malignancy from `low` to `high` is *at* the threshold: there the model's own uncertainty spans it. `source`
       * says what was measured, and on what.
       */
      atThreshold: Type.Optional(
        Type.Object({ low: Share, high: Share, source: Type.String({ minLength: 1 }) }),
      ),
      sensitivity: Interval,
      specificity: Interval,
      default: Type.Boolean(),
    }),
    { minItems: 1 },
  ),
  /** Measured figures with their intervals; `name` is the standard term. */
  measured: Type.Array(Type.Intersect([Type.Object({ name: Type.String(), on: Type.String() }), Interval])),
  /** Hex SHA-256 of every other file of the bundle, by its path inside it. */
  files: Type.Record(Type.String(), Type.String({ pattern: '^[0-9a-f]{64}$' })),
});

export type Card = Static<typeof CardSchema>;

export type OperatingPoint = Card['operatingPoints'][number];

/** `self-test.json` of a bundle: inputs generated by a formula, outputs of the training framework. */
export const SelfTestSchema = Type.Object({
  /** Largest allowed difference of any probability; of other values relative to them if they exceed 1. */
  tolerance: Type.Number(),
  vectors: Type.Array(
    Type.Object({
      name: Type.String(),
      /** Base64 of uint8 [size, size, 3] RGB. */
      image: Type.String(),
      /** Softmax of the raw logits (no temperature), in the order of `classes`. */
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
