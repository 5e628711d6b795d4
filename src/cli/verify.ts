import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleDirOf } from '../app.ts';
import { loadBundle } from '../classifier/bundle.ts';
import type { Config } from '../config/schema.ts';
import { describe } from '../lib/errors.ts';
import { verifyJournal } from '../store/sqlite.ts';
import { report, type Check } from './checks.ts';
import { configOf, type ExitCode, type Terminal } from './terminal.ts';

/** Checks what must not have been changed quietly: every file of the model bundle, every row of the journal. */
export async function verifyCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
  const config = configOf(terminal);
  const findings = [await bundle(config), journal(config)];
  return report(findings, terminal, { key: 'findings', json: values.json, width: 8 });
}

async function bundle(config: Config): Promise<Check> {
  const dir = bundleDirOf(config);
  try {
    const { card, sha256 } = await loadBundle(dir);
    const count = Object.keys(card.files).length + 1;
    return {
      name: 'model',
      ok: true,
      detail: `${card.name} ${card.version}: ${count} files as its card ${sha256} says`,
    };
  } catch (error) {
    return { name: 'model', ok: false, detail: `${dir}: ${describe(error)}` };
  }
}

function journal({ dataDir }: Config): Check {
  if (!existsSync(join(dataDir, 'kiosk.sqlite'))) {
    return { name: 'journal', ok: true, detail: `nothing has been recorded in ${dataDir} yet` };
  }
  try {
    const found = verifyJournal(dataDir);
    const detail = found.intact
      ? `${found.rows} rows, head ${found.head}`
      : `${found.problem} (row ${found.firstBad.sequence})`;
    return { name: 'journal', ok: found.intact, detail };
  } catch (error) {
    return { name: 'journal', ok: false, detail: describe(error) };
  }
}
