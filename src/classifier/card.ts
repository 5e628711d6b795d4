import { Type, type Static } from '@sinclair/typebox';
import { CLASS_IDS } from '../protocol/classes.ts';

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
  /** Names of the graph's tensors: uint8 [n, size, size, 3] RGB in, float32 [n, 7] logits out. */
  tensors: Type.Object({
    image: Type.String(),
    logits: Type.String(),
  }),
  calibration: Type.Object({
    /** Logits are divided by it before the softmax. */
    temperature: Type.Number({ exclusiveMinimum: 0 }),
  }),
  operatingPoints: Type.Array(
    Type.Object({
      name: Type.String(),
      targetSensitivity: Type.Number(),
      /** A malignancy at or above it is above the referral threshold. */
      threshold: Type.Number({ minimum: 0, maximum: 1 }),
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
  /** Largest allowed difference of any probability. */
  tolerance: Type.Number(),
  vectors: Type.Array(
    Type.Object({
      name: Type.String(),
      /** Base64 of uint8 [size, size, 3] RGB. */
      image: Type.String(),
      /** Softmax of the bare logits (no temperature), in the order of `classes`. */
      probabilities: Type.Array(Type.Number(), { minItems: 7, maxItems: 7 }),
    }),
    { minItems: 1 },
  ),
});

export type SelfTest = Static<typeof SelfTestSchema>;
