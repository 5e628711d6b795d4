import { setImmediate } from 'node:timers/promises';
import { CLASS_IDS, type Probabilities } from '../../protocol/classes.ts';
import { isReferral, type Statement } from '../../protocol/view.ts';
import type { LogFilter, SessionStore, WholeSession } from '../../store/port.ts';
import { csvLine, type Cell } from './csv.ts';

export const EXPORT_FORMATS = ['csv', 'json'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportChoice {
  readonly format: ExportFormat;
  /** Whether the texts of the context are included, or only its random ids. */
  readonly references: boolean;
}

type Column = readonly [name: string, cell: (session: WholeSession, references: boolean) => Cell | undefined];

/** The order is permanent: new columns are added at the end. docs/export.md describes them. */
const COLUMNS: readonly Column[] = [
  ['number', (s) => s.number],
  ['id', (s) => s.id],
  ['opened_at', (s) => s.openedAt],
  ['source', (s) => s.source],
  ['outcome', (s) => s.outcome],
  ['reason', (s) => s.reason],
  ['malignancy', (s) => s.malignancy],
  ['threshold', (s) => s.threshold],
  ['statement', (s) => s.statement],
  ...CLASS_IDS.map((id): Column => [`p_${id}`, (s) => s.probabilities?.[id]]),
  ['disposition', (s) => s.disposition],
  ['clinician', (s) => s.clinician],
  ['opinion', (s) => s.opinion],
  ['histology', (s) => s.histology],
  ['asymmetry', (s) => s.hints?.asymmetry],
  ['border_irregularity', (s) => s.hints?.borderIrregularity],
  ['colours', (s) => s.hints?.colours],
  ['diameter_mm', (s) => s.hints?.diameterMm],
  ['lesion_evidence', (s) => s.lesion?.evidence],
  ['lesion_share', (s) => s.lesion?.share],
  ['lesion_distance', (s) => s.lesion?.distance],
  ['brightness', (s) => s.quality?.brightness],
  ['contrast', (s) => s.quality?.contrast],
  ['focus', (s) => s.quality?.focus],
  ['picture_width', (s) => s.quality?.width],
  ['picture_height', (s) => s.quality?.height],
  ['picture_sha256', (s) => s.pictureSha256],
  ['model', (s) => s.model?.name],
  ['model_version', (s) => s.model?.version],
  ['model_sha256', (s) => s.model?.sha256],
  ['engine', (s) => s.model?.engine],
  ['total_ms', (s) => s.timings?.total],
  ['patient', (s) => s.context?.patient],
  ['lesion', (s) => s.context?.lesion?.id],
  ['site', (s) => s.context?.lesion?.site],
  ['contra_indications', (s) => s.context?.lesion?.contraIndications?.join(' ')],
  ['reference', (s, references) => (references ? s.context?.reference : undefined)],
  ['lesion_label', (s, references) => (references ? s.context?.lesion?.label : undefined)],
  ['referral', (s) => referralOf(s)],
  ['contra_answered', (s) => s.context?.lesion && String(s.context.lesion.contraIndications !== null)],
  ['clinician_by', (s) => s.clinicianBy],
  ['histology_by', (s) => s.histologyBy],
  ['session_contra_asked', (s) => s.contra?.asked.join(' ')],
  ['session_contra', (s) => s.contra?.found?.join(' ')],
  ['session_contra_answered', (s) => contraAnsweredOf(s)],
  ['prevalence', (s) => s.prevalence],
  ['marked_classes', (s) => s.marked?.join(' ')],
  ['rescored_at', (s) => s.rescored?.at],
  ['rescored_outcome', (s) => s.rescored?.outcome],
  ['rescored_reason', (s) => rescoredFields(s).reason],
  ['rescored_malignancy', (s) => rescoredFields(s).malignancy],
  ['rescored_threshold', (s) => rescoredFields(s).threshold],
  ['rescored_statement', (s) => rescoredFields(s).statement],
  ...CLASS_IDS.map((id): Column => [`rescored_p_${id}`, (s) => rescoredFields(s).probabilities?.[id]]),
  ['rescored_prevalence', (s) => rescoredFields(s).prevalence],
  ['rescored_model', (s) => s.rescored?.model.name],
  ['rescored_model_version', (s) => s.rescored?.model.version],
  ['rescored_model_sha256', (s) => s.rescored?.model.sha256],
  ['rescored_engine', (s) => s.rescored?.model.engine],
  ['rescored_by', (s) => s.rescored?.operator],
  ['phototype', (s) => s.context?.phototype],
  ['birth_year', (s) => s.context?.birthYear],
];

export const COLUMN_NAMES: readonly string[] = COLUMNS.map(([name]) => name);

/** The fields that only one outcome of a rescored image has. */
function rescoredFields({ rescored }: WholeSession): {
  readonly reason?: string;
  readonly malignancy?: number;
  readonly threshold?: number;
  readonly statement?: Statement;
  readonly probabilities?: Probabilities;
  readonly prevalence?: number;
} {
  return rescored ?? {};
}

/** Above or at the threshold; empty without a result. */
function referralOf({ statement }: WholeSession): Cell | undefined {
  if (statement === undefined) return undefined;
  return isReferral(statement) ? 'yes' : 'no';
}

/** Empty for a session that has nothing to be contraindicated. */
function contraAnsweredOf({ outcome, contra }: WholeSession): Cell | undefined {
  if (outcome !== 'result' && outcome !== 'withheld') return undefined;
  return String(contra !== undefined && contra.found !== null);
}

const PAGE = 200;

/**
 * The sessions that match a filter, newest first, one page of text at a time: memory stays bounded, and the service can
 * do other work between two pages. Sessions added meanwhile are omitted.
 */
export async function* exportOf(
  store: Pick<SessionStore, 'rows'>,
  filter: LogFilter,
  { format, references }: ExportChoice,
): AsyncGenerator<string> {
  const writer = WRITERS[format];
  yield writer.begin;
  let separator = '';
  for (let before: number | undefined, more = true; more; more = before !== undefined) {
    const page = store.rows({ limit: PAGE, filter, ...(before === undefined ? {} : { before }) });
    const rows = page.sessions.map((session) =>
      writer.row(COLUMNS.map(([, cell]) => cell(session, references) ?? null)),
    );
    if (rows.length > 0) {
      yield separator + rows.join(writer.between);
      separator = writer.between;
    }
    before = page.next;
    await setImmediate();
  }
  yield writer.end;
}

interface Writer {
  readonly begin: string;
  readonly row: (cells: readonly Cell[]) => string;
  readonly between: string;
  readonly end: string;
}

const WRITERS: Readonly<Record<ExportFormat, Writer>> = {
  csv: { begin: csvLine(COLUMN_NAMES), row: csvLine, between: '', end: '' },
  json: {
    begin: '[',
    row: (cells) =>
      `\n${JSON.stringify(Object.fromEntries(COLUMN_NAMES.map((name, i) => [name, cells[i]])))}`,
    between: ',',
    end: '\n]\n',
  },
};
