// Writes the table of docs/settings.md from the settings schema, so that the two cannot differ. Usage: node scripts/settings-table.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';

const { ConfigSchema } = await import('../dist/config/schema.js');
const { variableOf } = await import('../dist/config/load.js');

const rows = Object.entries(ConfigSchema.properties).map(([setting, schema]) => {
  const fallback = schema.default === '' ? '' : `\`${schema.default}\``;
  const choices = schema.anyOf
    ? ` One of ${schema.anyOf.map((choice) => `\`${choice.const}\``).join(', ')}.`
    : '';
  return `| \`${variableOf(setting)}\` | ${fallback} | ${schema.description}${choices} |`;
});
const table = ['| variable | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');

const page = new URL('../docs/settings.md', import.meta.url);
const before = readFileSync(page, 'utf8');
const after = before.replace(/(<!-- settings:[^>]*-->\n)[\s\S]*?(\n<!-- \/settings -->)/, `$1\n${table}\n$2`);
if (process.argv.includes('--check')) {
  if (before !== after) {
    console.error(
      'docs/settings.md differs from the schema. Run: npm run build && node scripts/settings-table.mjs',
    );
    process.exit(1);
  }
} else {
  writeFileSync(page, after);
}
