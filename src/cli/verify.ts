import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleDirOf } from '../app/factories.ts';
import { loadBundle } from '../classifier/model/bundle.ts';
import type { Config } from '../config/schema.ts';
import { cureOf, describe } from '../lib/errors.ts';
import type { CheckState } from '../protocol/diagnostics.ts';
import { verifyJournal } from '../store/offline.ts';
import { DATABASE_FILE } from '../store/open-database.ts';
import { report } from './checks.ts';
import { configOf, type ExitCode, type Terminal } from './terminal.ts';

/** Detects silent modification: of every file of the model bundle, and of every row of the journal. */
export async function verifyCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
  const config = configOf(terminal);
  const findings = [await bundle(config), journal(config)];
  return report(findings, terminal, { key: 'findings', json: values.json });
}

interface Finding {
  readonly id: 'model' | 'journal';
  readonly title: string;
  readonly state: CheckState;
  readonly found: string;
  readonly cure?: string;
}

async function bundle(config: Config): Promise<Finding> {
  const dir = bundleDirOf(config);
  const part = { id: 'model', title: 'Model' } as const;
  try {
    const { card, sha256 } = await loadBundle(dir);
    const count = Object.keys(card.files).length + 1;
    const found = `${card.name} ${card.version}: ${count} files match its card ${sha256}`;
    return { ...part, state: 'ok', found };
  } catch (error) {
    return { ...part, state: 'failed', found: `${dir}: ${describe(error)}`, ...cureBeside(error) };
  }
}

function journal({ dataDir }: Config): Finding {
  const part = { id: 'journal', title: 'Journal' } as const;
  if (!existsSync(join(dataDir, DATABASE_FILE))) {
    return { ...part, state: 'ok', found: `nothing has been recorded in ${dataDir} yet` };
  }
  try {
    const chain = verifyJournal(dataDir);
    const found = chain.intact
      ? `${chain.rows} rows, head ${chain.head}`
      : `${chain.problem} (row ${chain.firstBad.sequence})`;
    return { ...part, state: chain.intact ? 'ok' : 'failed', found };
  } catch (error) {
    return { ...part, state: 'failed', found: describe(error), ...cureBeside(error) };
  }
}

function cureBeside(error: unknown): { readonly cure?: string } {
  const cure = cureOf(error);
  return cure === undefined ? {} : { cure };
}
