// Writes the table of docs/settings.md from the settings schema, so that the two cannot differ. Usage: node scripts/settings-table.mjs [--check]
import { tableInPage } from './table-in-page.mjs';

const { ConfigSchema } = await import('../dist/config/schema.js');
const { variableOf } = await import('../dist/config/load.js');

const rows = Object.entries(ConfigSchema.properties).map(([setting, schema]) => {
  const fallback = schema.default === '' ? '' : `\`${schema.default}\``;
  const choices = schema.anyOf
    ? ` One of ${schema.anyOf.map((choice) => `\`${choice.const}\``).join(', ')}.`
    : '';
  return `| \`${variableOf(setting)}\` | ${fallback} | ${schema.description}${choices} |`;
});
const table = ['| variable | default | meaning |', '| --- | --- | --- |', ...rows];
tableInPage('docs/settings.md', 'settings', table, {
  source: 'the schema',
  command: 'npm run build && node scripts/settings-table.mjs',
});
