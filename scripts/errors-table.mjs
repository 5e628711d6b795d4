// Writes the table of docs/errors.md from the error codes, so that the two cannot differ. Usage: npm run errors, or with --check
import { readFileSync, writeFileSync } from 'node:fs';

const { ERRORS } = await import('../dist/protocol/error-codes.js');

const cell = (text) => text.replaceAll('|', '\\|');
const rows = Object.entries(ERRORS)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, { message, cure }]) => `| \`${code}\` | ${cell(message)} | ${cell(cure)} |`);
const table = ['| code | what happened | what to do |', '| --- | --- | --- |', ...rows].join('\n');

const page = new URL('../docs/errors.md', import.meta.url);
const before = readFileSync(page, 'utf8');
const after = before.replace(/(<!-- errors:[^>]*-->\n)[\s\S]*?(\n<!-- \/errors -->)/, `$1\n${table}\n$2`);
if (process.argv.includes('--check')) {
  if (before !== after) {
    console.error('docs/errors.md differs from src/protocol/error-codes.ts. Run: npm run errors');
    process.exit(1);
  }
} else {
  writeFileSync(page, after);
}
