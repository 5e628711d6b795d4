import { Type } from '@sinclair/typebox';
import { OPINIONS_BEFORE, type OpinionBefore, type OpinionCommand } from '../../protocol/assessments.ts';
import { BOARD_WARNING_CODES } from '../../protocol/board.ts';
import { BODY_SITES } from '../../protocol/body-sites.ts';
import { CLASS_IDS, type ClassKind } from '../../protocol/classes.ts';
import {
  CLOSING_REASONS,
  CONTRAINDICATED,
  CONTRAINDICATIONS,
  type AnswerCommand,
  type ContextView,
  type ContraAnswer,
  type LesionView,
} from '../../protocol/context.ts';
import { LANGUAGES } from '../../protocol/languages.ts';
import type { OverviewView } from '../../protocol/overview.ts';
import { TEXT_SIZES, THEMES } from '../../protocol/theme.ts';
import { BIRTH_YEAR_LEAST, type Phototype } from '../../protocol/patient-details.ts';
import { RETAKE_REASONS, WITHHELD_REASONS } from '../../protocol/reasons.ts';
import type {
  AbcdFeatures,
  Disposed,
  ExplanationView,
  FaultMarks,
  ModelIdentity,
  ModelView,
  ResultView,
  SessionView,
  View,
} from '../../protocol/view.ts';
import { STATEMENTS } from '../../protocol/view.ts';
import { ButtonViewSchema, CameraViewSchema } from './devices.ts';
import { PracticeViewSchema } from './practice.ts';
import { FaultCodeSchema } from './responses.ts';
import { Count, Flag, Fraction, Id, Instant, Sha256, Text } from './fields.ts';
import { exact, keyOf, oneOf, schemaFor } from './schema-for.ts';

const Hour = Type.Integer({ minimum: 0, maximum: 24 });

const Contraindications = Type.Array(oneOf(CONTRAINDICATIONS), { maxItems: CONTRAINDICATIONS.length });

const Found = Type.Union([Contraindications, Type.Null()], {
  description: 'Those that apply; empty if none does; null if there was no answer',
});

export const ContraAnswerSchema = schemaFor<ContraAnswer>()(
  'ContraAnswer',
  Type.Object({ asked: Contraindications, found: Found }, exact),
);

export const AnswerCommandSchema = schemaFor<AnswerCommand>()(
  'AnswerCommand',
  Type.Object({ session: Type.String({ minLength: 1, maxLength: 64 }), found: Found }, exact),
);

const GivenOpinion = Type.Union([oneOf(OPINIONS_BEFORE), Type.Null()], {
  description: 'The opinion before the result was shown; null if it was asked for and not given',
});

export const OpinionBeforeSchema = schemaFor<OpinionBefore>()(
  'OpinionBefore',
  Type.Object({ opinion: GivenOpinion, at: Instant, operator: Type.Optional(Id) }, exact),
);

export const OpinionCommandSchema = schemaFor<OpinionCommand>()(
  'OpinionCommand',
  Type.Object({ session: Type.String({ minLength: 1, maxLength: 64 }), opinion: GivenOpinion }, exact),
);

export const LesionViewSchema = schemaFor<LesionView>()(
  'Lesion',
  Type.Object(
    {
      id: Id,
      site: oneOf(BODY_SITES),
      label: Text,
      contraIndications: Type.Union([Type.Array(oneOf(CONTRAINDICATIONS)), Type.Null()], {
        description: 'Those that apply; empty if none does; null if there was no answer',
      }),
      closed: Type.Optional(oneOf(CLOSING_REASONS)),
    },
    exact,
  ),
);

/** The skin phototypes of Fitzpatrick, I to VI. */
export const PhototypeSchema = Type.Unsafe<Phototype>(Type.Integer({ minimum: 1, maximum: 6 }));

export const BirthYear = Type.Integer({ minimum: BIRTH_YEAR_LEAST, maximum: 2199 });

export const ContextViewSchema = schemaFor<ContextView>()(
  'Context',
  Type.Object(
    {
      reference: Text,
      phototype: Type.Optional(PhototypeSchema),
      lesions: Type.Array(LesionViewSchema),
      lesion: Type.Optional(LesionViewSchema),
      draft: Type.Optional(Type.Object({ site: oneOf(BODY_SITES), label: Text }, exact)),
      contraIndicated: Type.Optional(oneOf(CONTRAINDICATED)),
    },
    exact,
  ),
);

const IDENTITY = { name: Text, version: Text, sha256: Sha256, engine: Text };

export const IdentityFields = IDENTITY;

export const ModelIdentitySchema = schemaFor<ModelIdentity>()('ModelIdentity', Type.Object(IDENTITY, exact));

export const ModelViewSchema = schemaFor<ModelView>()(
  'ModelState',
  Type.Union([
    Type.Object({ state: Type.Literal('loading') }, exact),
    Type.Object({ state: Type.Literal('ready'), ...IDENTITY, threshold: Fraction }, exact),
    Type.Object({ state: Type.Literal('none'), reason: Text }, exact),
  ]),
);

export const PolygonSchema = Type.Array(Type.Tuple([Type.Number(), Type.Number()]));

export const AbcdFeaturesSchema = schemaFor<AbcdFeatures>()(
  'AbcdFeatures',
  Type.Object(
    {
      asymmetry: Type.Number(),
      borderIrregularity: Type.Number(),
      colours: Count,
      share: Type.Number(),
      diameterMm: Type.Optional(Type.Number()),
    },
    exact,
  ),
);

export const FaultMarksSchema = schemaFor<FaultMarks>()(
  'FaultMarks',
  Type.Object({ side: Count, cells: Type.Array(Count) }, exact),
);

const ExplanationSchema = schemaFor<ExplanationView>()(
  'Explanation',
  Type.Object(
    {
      outline: Type.Optional(PolygonSchema),
      heat: Type.Optional(
        Type.Object({ side: Count, values: Type.Array(Type.Integer({ minimum: 0, maximum: 255 })) }, exact),
      ),
      hints: Type.Optional(AbcdFeaturesSchema),
    },
    exact,
  ),
);

export const StatementSchema = oneOf(STATEMENTS);

const KINDS = ['cancer', 'pre-cancer', 'benign'] as const satisfies readonly ClassKind[];

const ClassShareSchema = Type.Object(
  {
    id: oneOf(CLASS_IDS),
    name: Text,
    kind: oneOf(KINDS),
    mark: Text,
    probability: Fraction,
    marked: Type.Optional(Type.Literal(true)),
  },
  exact,
);

/** The numbers of a result, wherever it stands. */
export const NUMBERS = {
  malignancy: Fraction,
  threshold: Fraction,
  statement: StatementSchema,
  prevalence: Type.Optional(Fraction),
};

export const ResultViewSchema = schemaFor<ResultView>()(
  'Result',
  Type.Union([
    Type.Object(
      {
        outcome: Type.Literal('result'),
        ...NUMBERS,
        observed: Type.Optional(
          Type.Object(
            {
              ...{ lesions: Count, malignant: Count, low: Fraction, high: Fraction },
              stated: Type.Optional(Type.Object({ value: Fraction, low: Fraction, high: Fraction }, exact)),
            },
            exact,
          ),
        ),
        classes: Type.Array(ClassShareSchema),
        explanation: Type.Optional(ExplanationSchema),
        model: ModelIdentitySchema,
      },
      exact,
    ),
    Type.Object(
      {
        outcome: Type.Literal('withheld'),
        reason: keyOf(WITHHELD_REASONS),
        explanation: Type.Optional(Type.Object({ outline: Type.Optional(PolygonSchema) }, exact)),
        model: ModelIdentitySchema,
      },
      exact,
    ),
  ]),
);

export const SourceSchema = oneOf(['camera', 'upload']);

export const DispositionSchema = oneOf(['unreviewed', 'accepted', 'discarded']);

const HEAD = { id: Id, number: Type.Optional(Count), source: SourceSchema };

const DisposedSchema = schemaFor<Disposed>()(
  'Disposed',
  Type.Object(
    { id: Id, number: Type.Optional(Count), disposition: oneOf(['accepted', 'discarded']) },
    { ...exact, description: 'What was done last with a result, on whichever screen' },
  ),
);

export const SessionViewSchema = schemaFor<SessionView>()(
  'SessionState',
  Type.Union([
    Type.Object({ state: Type.Literal('ready'), disposed: Type.Optional(DisposedSchema) }, exact),
    Type.Object({ state: oneOf(['capturing', 'checking', 'classifying']), ...HEAD }, exact),
    Type.Object({ state: Type.Literal('asking'), asked: Contraindications, ...HEAD }, exact),
    Type.Object({ state: Type.Literal('opinion'), picture: Text, ...HEAD }, exact),
    Type.Object(
      {
        state: Type.Literal('retake'),
        reason: keyOf(RETAKE_REASONS),
        picture: Text,
        marks: Type.Optional(FaultMarksSchema),
        ...HEAD,
      },
      exact,
    ),
    Type.Object(
      {
        state: Type.Literal('showing'),
        picture: Text,
        result: ResultViewSchema,
        disposition: DispositionSchema,
        contra: Type.Optional(ContraAnswerSchema),
        opinionBefore: Type.Optional(GivenOpinion),
        keeping: Type.Optional(Type.Object({ kept: Flag, days: Count }, exact)),
        ...HEAD,
      },
      exact,
    ),
    Type.Object(
      {
        state: Type.Literal('fault'),
        code: FaultCodeSchema,
        id: Type.Optional(Id),
        number: Type.Optional(Count),
        source: Type.Optional(SourceSchema),
      },
      exact,
    ),
  ]),
);

export const OverviewViewSchema = schemaFor<OverviewView>()(
  'OverviewView',
  Type.Object(
    {
      id: Id,
      state: oneOf(['aiming', 'taking', 'held']),
      fault: Type.Optional(FaultCodeSchema),
      shot: Type.Optional(Type.Object({ number: Count, picture: Text }, exact)),
      of: Type.Optional(Type.Object({ reference: Text, lesion: LesionViewSchema }, exact)),
      consent: Flag,
      days: Count,
    },
    { ...exact, description: 'An overview image that is being taken' },
  ),
);

export const ViewSchema = schemaFor<View>()(
  'View',
  Type.Object(
    {
      revision: Count,
      bootId: Id,
      camera: CameraViewSchema,
      button: ButtonViewSchema,
      model: ModelViewSchema,
      storage: Type.Union([
        Type.Object({ state: Type.Literal('ok') }, exact),
        Type.Object({ state: Type.Literal('failed'), code: FaultCodeSchema }, exact),
      ]),
      board: Type.Object({ warnings: Type.Array(oneOf(BOARD_WARNING_CODES)) }, exact),
      session: SessionViewSchema,
      overview: Type.Optional(OverviewViewSchema),
      context: Type.Optional(ContextViewSchema),
      lastPatient: Type.Optional(ContextViewSchema),
      unassigned: Type.Optional(Count),
      practice: Type.Optional(PracticeViewSchema),
      sound: Flag,
      idle: Flag,
      language: oneOf(LANGUAGES),
      brightness: Type.Number({ minimum: 0, maximum: 100 }),
      theme: Type.Object({ mode: oneOf(THEMES), lightFrom: Hour, lightUntil: Hour }, exact),
      textSize: oneOf(TEXT_SIZES),
    },
    { ...exact, description: 'The complete state shown by a screen, as one value' },
  ),
);
