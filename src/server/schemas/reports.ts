import { Type, type TSchema } from '@sinclair/typebox';
import { CLINICIAN_VERDICTS, HISTOLOGY_FINDINGS, OPINIONS_BEFORE } from '../../protocol/assessments.ts';
import {
  CHECK_CURES,
  CHECK_TITLES,
  type ButtonTest,
  type HealthReport,
  type LampTest,
  type SelfTestReport,
} from '../../protocol/diagnostics.ts';
import type {
  About,
  DriveFile,
  DriveListing,
  DrivePage,
  ExportPlace,
  ExportWritten,
  MemoryReport,
} from '../../protocol/http.ts';
import type { ComparisonView, LesionHistory } from '../../protocol/lesion.ts';
import { BOARD_WARNINGS } from '../../protocol/board.ts';
import { FILTERS } from '../../protocol/log-query.ts';
import { FAULTS, GATE_REASONS, WITHHELD_REASONS } from '../../protocol/reasons.ts';
import type { Statistics } from '../../protocol/statistics.ts';
import {
  Count,
  FigureSchema,
  Flag,
  Fraction,
  Id,
  Instant,
  OperatingPoint,
  Sha256,
  Text,
  WordsFields,
} from './fields.ts';
import { ButtonViewSchema, CameraViewSchema } from './devices.ts';
import { exact, keyOf, oneOf, schemaFor } from './schema-for.ts';
import { IdentityFields, ModelViewSchema, PolygonSchema, StatementSchema } from './view.ts';

/** The same schema for each of several names. */
const each = <const T extends readonly string[], S extends TSchema>(names: T, schema: S) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, schema])) as Record<T[number], S>, exact);

const OutcomeCounts = { ...each(FILTERS.outcome, Count), title: 'OutcomeCounts' };

const Share = {
  ...Type.Object({ count: Count, of: Count, figure: Type.Optional(FigureSchema) }, exact),
  title: 'Share',
};

export const StatisticsSchema = schemaFor<Statistics>()(
  'Statistics',
  Type.Object(
    {
      sessions: Count,
      outcomes: OutcomeCounts,
      days: Type.Array(Type.Object({ day: Text, outcomes: OutcomeCounts }, exact)),
      verdicts: each(CLINICIAN_VERDICTS, Count),
      agreement: Share,
      blind: Type.Object(
        {
          asked: Count,
          opinions: each([...OPINIONS_BEFORE, 'none'], Count),
          agreement: Share,
          changed: Share,
          followed: Count,
        },
        exact,
      ),
      histology: each(['above', 'below', 'withheld'], each(['malignant', 'benign'], Count)),
      sensitivity: Share,
      specificity: Share,
    },
    exact,
  ),
);

export const LesionHistorySchema = schemaFor<LesionHistory>()(
  'LesionHistory',
  Type.Object(
    {
      model: Type.Optional(Text),
      captures: Type.Array(
        Type.Object(
          {
            id: Id,
            number: Count,
            openedAt: Instant,
            outcome: oneOf(['result', 'withheld']),
            reason: Type.Optional(keyOf(WITHHELD_REASONS)),
            malignancy: Type.Optional(Fraction),
            threshold: Type.Optional(Fraction),
            statement: Type.Optional(StatementSchema),
            model: Text,
            rescored: Type.Optional(
              Type.Object(
                {
                  outcome: oneOf(['result', 'withheld', 'retake']),
                  malignancy: Type.Optional(Fraction),
                  threshold: Type.Optional(Fraction),
                  statement: Type.Optional(StatementSchema),
                  model: Text,
                },
                exact,
              ),
            ),
            histology: Type.Optional(oneOf(HISTOLOGY_FINDINGS)),
            diameterMm: Type.Optional(Type.Number()),
            pictured: Flag,
          },
          exact,
        ),
      ),
    },
    exact,
  ),
);

const ChangeSchema = {
  ...Type.Object({ percent: Type.Number(), low: Type.Number(), high: Type.Number() }, exact),
  title: 'Change',
};

export const ComparisonViewSchema = schemaFor<ComparisonView>()(
  'Comparison',
  Type.Object(
    {
      registration: Type.Optional(
        Type.Object({ a: Type.Number(), b: Type.Number(), tx: Type.Number(), ty: Type.Number() }, exact),
      ),
      change: Type.Optional(
        Type.Object(
          {
            area: ChangeSchema,
            diameter: ChangeSchema,
            shape: ChangeSchema,
            scaleBy: oneOf(['calibration', 'registration']),
          },
          exact,
        ),
      ),
      refused: Type.Optional(
        oneOf(['no-lesion', 'cut', 'not-registered', 'scales-disagree', 'too-uncertain']),
      ),
      outlines: Type.Tuple([PolygonSchema, PolygonSchema]),
    },
    exact,
  ),
);

export const ExportPlaceSchema = schemaFor<ExportPlace>()(
  'ExportPlace',
  Type.Union([
    Type.Object({ folder: Type.Null() }, exact),
    Type.Object({ folder: Text, references: Flag }, exact),
  ]),
);

export const ExportWrittenSchema = schemaFor<ExportWritten>()(
  'ExportWritten',
  Type.Object({ file: Text }, exact),
);

const DriveFileSchema = schemaFor<DriveFile>()(
  'DriveFile',
  Type.Object({ file: Count, name: Text, folder: Text, bytes: Count, modifiedAt: Instant }, exact),
);

export const DrivePageSchema = schemaFor<DrivePage>()(
  'DrivePage',
  Type.Object({ listing: Id, files: Type.Array(DriveFileSchema), next: Type.Optional(Count) }, exact),
);

export const DriveListingSchema = schemaFor<DriveListing>()(
  'DriveListing',
  Type.Union([DrivePageSchema, Type.Object({ listing: Type.Null(), localScreen: Flag }, exact)]),
);

const MEMORY = { residentBytes: Count, heapBytes: Count };

export const MemoryReportSchema = schemaFor<MemoryReport>()(
  'MemoryReport',
  Type.Object(
    {
      kiosk: Type.Object(MEMORY, exact),
      inference: Type.Union([
        Type.Object({ ...MEMORY, tensors: Type.Optional(Count) }, exact),
        Type.Object({ reason: Text }, exact),
      ]),
    },
    exact,
  ),
);

const HEALTH = {
  checks: Type.Array(Type.Object({ name: Text, ok: Flag, detail: Text }, exact)),
  warnings: Type.Array(Type.Object({ name: Text, detail: Text }, exact)),
};

export const HealthReportSchema = schemaFor<HealthReport>()('HealthReport', Type.Object(HEALTH, exact));

export const HealthAndMemorySchema = schemaFor<HealthReport & { memory: MemoryReport }>()(
  'HealthAndMemory',
  Type.Object({ ...HEALTH, memory: MemoryReportSchema }, exact),
);

export const SelfTestReportSchema = schemaFor<SelfTestReport>()(
  'SelfTestReport',
  Type.Object(
    {
      at: Instant,
      checks: Type.Array(
        Type.Object(
          {
            id: keyOf(CHECK_TITLES),
            title: Text,
            state: oneOf(['ok', 'warning', 'failed', 'unknown']),
            found: Text,
            cure: Type.Optional(Text),
            cureCode: Type.Optional(keyOf({ ...CHECK_CURES, ...GATE_REASONS, ...FAULTS, ...BOARD_WARNINGS })),
          },
          exact,
        ),
      ),
    },
    exact,
  ),
);

export const ButtonTestSchema = schemaFor<ButtonTest>()(
  'ButtonTest',
  Type.Union([
    Type.Object({ pressed: Type.Literal(true), driver: Text, location: Text }, exact),
    Type.Object({ pressed: Type.Literal(false), ...WordsFields }, exact),
  ]),
);

export const LampTestSchema = schemaFor<LampTest>()(
  'LampTest',
  Type.Object({ blinking: Flag, found: Text }, exact),
);

const Predictive = Type.Object(
  { prevalence: Fraction, positive: Type.Optional(FigureSchema), negative: Type.Optional(FigureSchema) },
  exact,
);

const AboutModelSchema = Type.Object(
  {
    ...IdentityFields,
    engineReason: Text,
    created: Text,
    licence: Text,
    trainedOn: Text,
    intendedUse: Text,
    limits: Type.Array(Text),
    confounders: Type.Array(Text),
    thresholdsSet: Type.Optional(Text),
    prevalence: Type.Optional(Type.Object({ stated: Fraction, reference: Fraction, on: Text }, exact)),
    operatingPoints: Type.Array(OperatingPoint),
    predictive: Type.Array(Predictive),
    measured: Type.Array(Type.Object({ ...FigureSchema.properties, name: Text, on: Text }, exact)),
    rules: Type.Array(Type.Object({ name: Text, value: Text }, exact)),
    files: Type.Record(Type.String(), Sha256),
  },
  exact,
);

export const AboutSchema = schemaFor<About>()(
  'About',
  Type.Object(
    {
      program: Type.Object({ version: Text, licence: Text, node: Text }, exact),
      model: Type.Union([AboutModelSchema, Type.Null()]),
      view: Type.Object(
        { camera: CameraViewSchema, button: ButtonViewSchema, model: ModelViewSchema },
        exact,
      ),
    },
    exact,
  ),
);
