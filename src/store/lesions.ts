import { KioskError } from '../lib/errors.ts';
import type { BodySite } from '../protocol/body-sites.ts';
import type { ClosingReason, LesionView } from '../protocol/context.ts';
import type { JournalEvent } from '../protocol/journal.ts';
import type { LesionEdit, LesionRecord, RecordedLesionEdit } from '../protocol/lesion.ts';
import type { LesionEditColumns } from './columns.ts';

/** Prepared statements of the edits of lesions. */
export interface LesionEditStatements {
  readonly lesionOf: { get(id: string): LesionRow | undefined };
  readonly renameLesion: { run(label: string, id: string): unknown };
  readonly moveLesion: { run(site: BodySite, id: string): unknown };
  readonly closeLesion: { run(reason: ClosingReason | null, id: string): unknown };
  readonly insertLesionEdit: { run(values: object): unknown };
}

/** The same, and those for reading the edits. */
export interface LesionRecordStatements extends LesionEditStatements {
  readonly lesionEditsOf: { all(lesion: string): readonly LesionEditRow[] };
  readonly operators: { all(): readonly { readonly id: string; readonly name: string }[] };
}

export interface LesionRow {
  readonly id: string;
  readonly site: BodySite;
  readonly label: string | null;
  readonly contra_indications: string;
  readonly closed: ClosingReason | null;
}

/** Returns the sequence of the row. */
export type WriteJournal = (event: JournalEvent, session?: string) => number;

export type LesionEditRow = LesionEditColumns & { readonly label: string | null; readonly wall_ms: number };

/** Inside a transaction. What is as it was leaves no trace. @throws KioskError `lesion/closed` */
export function editLesion(
  statements: LesionEditStatements,
  journal: WriteJournal,
  {
    row,
    edit,
    operator,
  }: { readonly row: LesionRow; readonly edit: LesionEdit; readonly operator?: string | undefined },
): void {
  const { id } = row;
  const author = operator === undefined ? {} : { operator };
  const record = (event: JournalEvent, kind: RecordedLesionEdit['kind'], had: object): void => {
    const sequence = journal(event);
    const empty = { label: null, site: null, reason: null };
    statements.insertLesionEdit.run({
      ...empty,
      sequence,
      lesion: id,
      kind,
      operator: operator ?? null,
      ...had,
    });
  };
  const { label = row.label, site = row.site, closed = row.closed } = edit;
  if (row.closed !== null && closed === null) {
    record({ kind: 'lesion-reopened', body: { lesion: id, ...author } }, 'reopened', {});
    statements.closeLesion.run(null, id);
  }
  const stays = row.closed !== null && closed !== null;
  if (stays && (label !== row.label || site !== row.site || closed !== row.closed))
    throw new KioskError('lesion/closed', 'the lesion is closed');
  if (label !== null && label !== row.label) {
    record({ kind: 'lesion-renamed', body: { lesion: id, ...author } }, 'renamed', { label: row.label });
    statements.renameLesion.run(label, id);
  }
  if (site !== row.site) {
    const body = { lesion: id, site, before: row.site, ...author };
    record({ kind: 'lesion-moved', body }, 'moved', { site: row.site });
    statements.moveLesion.run(site, id);
  }
  if (closed !== null && closed !== row.closed) {
    record({ kind: 'lesion-closed', body: { lesion: id, reason: closed, ...author } }, 'closed', {
      reason: closed,
    });
    statements.closeLesion.run(closed, id);
  }
}

function recordedEdit(row: LesionEditRow): RecordedLesionEdit {
  const { kind, label, site, reason, operator } = row;
  return {
    kind,
    at: new Date(row.wall_ms).toISOString(),
    ...(label === null ? {} : { label }),
    ...(site === null ? {} : { site }),
    ...(reason === null ? {} : { reason }),
    ...(operator === null ? {} : { operator }),
  };
}

export function lesionRecordOf(
  { lesionEditsOf, operators }: Pick<LesionRecordStatements, 'lesionEditsOf' | 'operators'>,
  row: LesionRow,
): LesionRecord {
  const history = lesionEditsOf.all(row.id).map(recordedEdit);
  const authors = new Set(history.map(({ operator }) => operator));
  const names = operators.all().flatMap((one) => (authors.has(one.id) ? [[one.id, one.name]] : []));
  return {
    lesion: lesionOf(row),
    history,
    ...(names.length === 0 ? {} : { operators: Object.fromEntries(names) as Record<string, string> }),
  };
}

/** An erased label is empty. */
export function lesionOf({ id, site, label, contra_indications, closed }: LesionRow): LesionView {
  const contraIndications = JSON.parse(contra_indications) as LesionView['contraIndications'];
  return { id, site, label: label ?? '', contraIndications, ...(closed === null ? {} : { closed }) };
}
