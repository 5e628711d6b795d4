import { Type } from '@sinclair/typebox';
import {
  CLINICIAN_VERDICTS,
  HISTOLOGY_FINDINGS,
  OPINIONS,
  REVIEW_KINDS,
  type RecordedReview,
} from '../../protocol/assessments.ts';
import { CLASS_IDS, type ClassId, type Probabilities } from '../../protocol/classes.ts';
import type { SessionContext } from '../../protocol/context.ts';
import type {
  CaptureAnswer,
  JournalRow,
  KeptMask,
  SessionDetail,
  SessionPage,
  SessionSummary,
  StoredImage,
} from '../../protocol/http.ts';
import type { LesionValues, QualityValues } from '../../protocol/outcome.ts';
import { FILTERS } from '../../protocol/log-query.ts';
import type { Rescored } from '../../protocol/rescore.ts';
import { FAULTS, LESION_REASONS, RETAKE_REASONS, WITHHELD_REASONS } from '../../protocol/reasons.ts';
import { Count, Flag, Fraction, Id, Instant, Sha256, Text, WordsFields } from './fields.ts';
import { exact, keyOf, oneOf, schemaFor } from './schema-for.ts';
import {
  AbcdFeaturesSchema,
  BirthYear,
  ContraAnswerSchema,
  DispositionSchema,
  LesionViewSchema,
  ModelIdentitySchema,
  NUMBERS,
  OpinionBeforeSchema,
  PhototypeSchema,
  ResultViewSchema,
  SourceSchema,
  StatementSchema,
} from './view.ts';

const ProbabilitiesSchema = schemaFor<Probabilities>()(
  'Probabilities',
  Type.Object(
    Object.fromEntries(CLASS_IDS.map((id) => [id, Fraction])) as Record<ClassId, typeof Fraction>,
    exact,
  ),
);

export const OutcomeSchema = oneOf(FILTERS.outcome);

const Verdict = oneOf(CLINICIAN_VERDICTS);
const OpinionSchema = oneOf(OPINIONS);
const Histology = oneOf(HISTOLOGY_FINDINGS);

const SessionContextSchema = schemaFor<SessionContext>()(
  'SessionContext',
  Type.Object(
    {
      patient: Id,
      phototype: Type.Optional(PhototypeSchema),
      birthYear: Type.Optional(BirthYear),
      reference: Type.Optional(Text),
      lesion: Type.Optional(LesionViewSchema),
    },
    exact,
  ),
);

const SUMMARY = {
  id: Id,
  number: Count,
  source: SourceSchema,
  openedAt: Instant,
  outcome: OutcomeSchema,
  reason: Type.Optional(keyOf({ ...RETAKE_REASONS, ...WITHHELD_REASONS, ...FAULTS })),
  malignancy: Type.Optional(Fraction),
  threshold: Type.Optional(Fraction),
  statement: Type.Optional(StatementSchema),
  probabilities: Type.Optional(ProbabilitiesSchema),
  prevalence: Type.Optional(Fraction),
  disposition: DispositionSchema,
  clinician: Type.Optional(Verdict),
  opinion: Type.Optional(OpinionSchema),
  histology: Type.Optional(Histology),
  context: Type.Optional(SessionContextSchema),
  pictured: Type.Optional(Flag),
};

export const SessionSummarySchema = schemaFor<SessionSummary>()(
  'SessionSummary',
  Type.Object(SUMMARY, exact),
);

export const SessionPageSchema = schemaFor<SessionPage>()(
  'SessionPage',
  Type.Object({ sessions: Type.Array(SessionSummarySchema), next: Type.Optional(Count) }, exact),
);

export const StoredImageSchema = schemaFor<StoredImage>()(
  'StoredImage',
  Type.Object({ keptAt: Instant, due: Instant, mask: Flag }, exact),
);

export const KeptMaskSchema = schemaFor<KeptMask>()(
  'Mask',
  Type.Object(
    {
      side: Count,
      values: Type.Array(Type.Integer({ minimum: 0, maximum: 255 })),
      mmPerPixel: Type.Optional(Type.Number()),
    },
    exact,
  ),
);

const QualityValuesSchema = schemaFor<QualityValues>()(
  'QualityValues',
  Type.Object(
    {
      width: Count,
      height: Count,
      brightness: Type.Number(),
      contrast: Type.Number(),
      darkShare: Type.Number(),
      brightShare: Type.Number(),
      focus: Type.Number(),
      detail: Type.Optional(Type.Number()),
      motion: Type.Optional(Type.Number()),
      damage: Type.Optional(Type.Number()),
      grain: Type.Optional(Type.Number()),
    },
    exact,
  ),
);

const LesionValuesSchema = schemaFor<LesionValues>()(
  'LesionValues',
  Type.Object(
    {
      evidence: Type.Optional(Type.Number()),
      share: Type.Optional(Type.Number()),
      distance: Type.Optional(Type.Number()),
      hair: Type.Optional(Type.Number()),
      glare: Type.Optional(Type.Number()),
      ink: Type.Optional(Type.Number()),
      cut: Type.Optional(Type.Number()),
      lesionFocus: Type.Optional(Type.Number()),
    },
    exact,
  ),
);

const RESCORED = { model: ModelIdentitySchema, at: Instant, operator: Type.Optional(Id) };

const RescoredSchema = schemaFor<Rescored>()(
  'Rescored',
  Type.Union([
    Type.Object(
      {
        outcome: Type.Literal('result'),
        ...NUMBERS,
        probabilities: ProbabilitiesSchema,
        ...RESCORED,
      },
      exact,
    ),
    Type.Object({ outcome: Type.Literal('withheld'), reason: keyOf(WITHHELD_REASONS), ...RESCORED }, exact),
    Type.Object({ outcome: Type.Literal('retake'), reason: keyOf(LESION_REASONS), ...RESCORED }, exact),
  ]),
);

const RECORDED = { sequence: Count, at: Instant, operator: Type.Optional(Id) };

const RecordedReviewSchema = schemaFor<RecordedReview>()(
  'RecordedReview',
  Type.Union([
    Type.Object(
      { kind: Type.Literal('clinician'), value: Verdict, opinion: Type.Optional(OpinionSchema), ...RECORDED },
      exact,
    ),
    Type.Object({ kind: Type.Literal('histology'), value: Histology, ...RECORDED }, exact),
    Type.Object({ kind: oneOf(REVIEW_KINDS), value: Type.Null(), ...RECORDED }, exact),
  ]),
);

const JournalRowSchema = schemaFor<JournalRow>()(
  'JournalRow',
  Type.Object(
    {
      sequence: Count,
      at: Instant,
      kind: Text,
      body: Type.Record(Type.String(), Type.Unknown()),
      hash: Sha256,
    },
    exact,
  ),
);

export const SessionDetailSchema = schemaFor<SessionDetail>()(
  'SessionDetail',
  Type.Object(
    {
      ...SUMMARY,
      kept: Type.Optional(StoredImageSchema),
      marked: Type.Optional(Type.Array(oneOf(CLASS_IDS))),
      model: Type.Optional(ModelIdentitySchema),
      pictureSha256: Type.Optional(Sha256),
      quality: Type.Optional(QualityValuesSchema),
      lesion: Type.Optional(LesionValuesSchema),
      hints: Type.Optional(AbcdFeaturesSchema),
      contra: Type.Optional(ContraAnswerSchema),
      opinionBefore: Type.Optional(OpinionBeforeSchema),
      timings: Type.Optional(Type.Record(Type.String(), Type.Number())),
      clinicianBy: Type.Optional(Id),
      histologyBy: Type.Optional(Id),
      rescored: Type.Optional(RescoredSchema),
      operators: Type.Optional(Type.Record(Type.String(), Text)),
      assessments: Type.Array(RecordedReviewSchema),
      journal: Type.Array(JournalRowSchema),
    },
    exact,
  ),
);

export const CaptureAnswerSchema = schemaFor<CaptureAnswer>()(
  'CaptureAnswer',
  Type.Union([
    Type.Object(
      { id: Id, number: Count, outcome: oneOf(['result', 'withheld']), result: ResultViewSchema },
      exact,
    ),
    Type.Object(
      {
        id: Id,
        number: Count,
        outcome: Type.Literal('retake'),
        reason: keyOf(RETAKE_REASONS),
        ...WordsFields,
      },
      exact,
    ),
  ]),
);
