// Writes the variables of balena.yml from the settings schema, so that the two cannot differ. Usage: node scripts/balena-variables.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';

const { ConfigSchema } = await import('../dist/config/schema.js');
const { variableOf } = await import('../dist/config/load.js');

/** A fleet has cameras and buttons; the program's defaults are those of a laptop. */
const FLEET = { camera: 'auto', button: 'auto' };

/** Settings that docker-compose.yml fixes because the containers are built for one value: useless as variables. */
const FIXED = { dataDir: '/data', host: '127.0.0.1' };

const INDENT = '    ';

/** As the formatter writes it. */
function quoted(value) {
  return `'${String(value).replaceAll("'", "''")}'`;
}

function linesOf([setting, schema]) {
  const choices = schema.anyOf ? ` One of ${schema.anyOf.map((choice) => choice.const).join(', ')}.` : '';
  const value = FLEET[setting] ?? schema.default;
  // An empty variable would count as set; balena's own value of the update lock, for example, would be lost.
  const unset = value === '' || setting in FIXED;
  const note = setting in FIXED ? ' Fixed in docker-compose.yml.' : '';
  const line = `- ${variableOf(setting)}: ${quoted(FIXED[setting] ?? value)}`;
  return [`# ${schema.description}${choices}${note}`, unset ? `# ${line}` : line];
}

const lines = Object.entries(ConfigSchema.properties).flatMap(linesOf);
const file = new URL('../balena.yml', import.meta.url);
const before = readFileSync(file, 'utf8');
const after = before.replace(
  /( *# settings\n)[\s\S]*?( *# \/settings\n)/,
  (_, first, last) => `${first}${lines.map((line) => `${INDENT}${line}\n`).join('')}${last}`,
);
if (process.argv.includes('--check')) {
  if (before !== after) {
    console.error(
      'The variables of balena.yml differ from the schema. Run: npm run build && node scripts/balena-variables.mjs',
    );
    process.exit(1);
  }
} else {
  writeFileSync(file, after);
}
