import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Replaces a page's generated table, or with `--check` compares it and exits with 1 if it differs.
 *
 * @param {string} page path from the root of the project
 * @param {string} name the table stands between the comments `<!-- NAME:…-->` and `<!-- /NAME -->`
 * @param {readonly string[]} lines of the table in Markdown
 * @param {{ source: string, command: string }} said what the table is made from, and the command that writes it
 */
export function tableInPage(page, name, lines, { source, command }) {
  const file = new URL(`../${page}`, import.meta.url);
  const before = readFileSync(file, 'utf8');
  const place = new RegExp(`(<!-- ${name}:[^>]*-->\\n)[\\s\\S]*?(\\n<!-- \\/${name} -->)`);
  const after = before.replace(place, `$1\n${lines.join('\n')}\n$2`);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, after);
  } else if (before !== after) {
    console.error(`${page} differs from ${source}. Run: ${command}`);
    process.exit(1);
  }
}
