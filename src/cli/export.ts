import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { KioskError } from '../lib/errors.ts';
import { FILTER_NAMES, FILTERS } from '../protocol/log-query.ts';
import { EXPORT_FORMATS, exportOf } from '../reports/sessions/export.ts';
import { writeExport } from '../reports/sessions/export-file.ts';
import { filterOf } from '../store/filter.ts';
import type { LogFilter } from '../store/port.ts';
import { readLog } from '../store/offline.ts';
import { configOf, type ExitCode, type Terminal } from './terminal.ts';

const DAY_MS = 86_400_000;

const text = { type: 'string' } as const;

/** The session log as a table, complete or filtered, to a file or standard output; the kiosk may be running. */
export async function exportCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ format: { ...text, default: 'csv' }, day: text, from: text, to: text },
      ...Object.fromEntries(FILTER_NAMES.map((name) => [name, text])),
    },
  });
  if (positionals.length > 1)
    throw new KioskError('cli/usage', 'specify one file, or none for standard output');
  const { format, ...query } = values as Record<string, string>;
  const known = oneOf('format', format, EXPORT_FORMATS);
  const { dataDir, exportReferences, followUpDays } = configOf(terminal);
  const filter = filterOfOptions(query, Date.now() - followUpDays * DAY_MS);
  const log = readLog(dataDir);
  try {
    const pages = exportOf(log, filter, { format: known, references: exportReferences });
    const [file] = positionals;
    if (file === undefined) await print(pages, terminal);
    else await writeExport(file, pages);
  } finally {
    log.close();
  }
  return 0;
}

function filterOfOptions(query: Readonly<Record<string, string>>, dueBefore: number): LogFilter {
  for (const name of FILTER_NAMES) if (query[name] !== undefined) oneOf(name, query[name], FILTERS[name]);
  const found = filterOf(query, dueBefore);
  if ('problem' in found) throw new KioskError('cli/usage', found.problem);
  return found.filter;
}

function oneOf<Value extends string>(
  name: string,
  value: string | undefined,
  values: readonly Value[],
): Value {
  const known = values.find((candidate) => candidate === value);
  if (known === undefined) throw new KioskError('cli/usage', `--${name} must be one of ${values.join(', ')}`);
  return known;
}

async function print(pages: AsyncIterable<string>, { stdout }: Terminal): Promise<void> {
  for await (const page of pages) if (!stdout.write(page)) await once(stdout, 'drain');
}
