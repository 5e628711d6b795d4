// Writes the table of docs/errors.md from the error codes, so that the two cannot differ. Usage: npm run errors, or with --check
import { tableInPage } from './table-in-page.mjs';

const { ERRORS } = await import('../dist/protocol/error-codes.js');

const cell = (text) => text.replaceAll('|', '\\|');
const rows = Object.entries(ERRORS)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, { message, cure }]) => `| \`${code}\` | ${cell(message)} | ${cell(cure)} |`);
const table = ['| code | what happened | what to do |', '| --- | --- | --- |', ...rows];
tableInPage('docs/errors.md', 'errors', table, {
  source: 'src/protocol/error-codes.ts',
  command: 'npm run errors',
});
