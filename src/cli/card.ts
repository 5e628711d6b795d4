import { parseArgs } from 'node:util';
import { bundleDirOf } from '../app/factories.ts';
import { pageOf } from '../reports/model-card/page.ts';
import { loadBundle } from '../classifier/model/bundle.ts';
import { configOf, type ExitCode, type Terminal } from './terminal.ts';

/** The model card as a readable page, from a fully verified bundle. */
export async function cardCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({ args: [...args], options: { model: { type: 'string' } } });
  const config = configOf(terminal, values.model === undefined ? {} : { KIOSK_MODEL: values.model });
  terminal.stdout.write(pageOf(await loadBundle(bundleDirOf(config))));
  return 0;
}
