import { tidy } from './texts.mjs';

const RULE = '='.repeat(100);

/**
 * @param {{ name: string, version: string, licence: string, text: string }[]} parts
 * @returns {string} a table of the parts, then each licence text once, below the parts it applies to
 */
export function licenceList({ title, parts }) {
  const sorted = [...parts].sort((a, b) => (label(a) < label(b) ? -1 : 1));
  const width = Math.max(...sorted.map((part) => label(part).length)) + 2;
  const table = sorted.map((part) => `${label(part).padEnd(width)}${part.licence}`);
  const byText = new Map();
  for (const part of sorted) {
    const text = tidy(part.text);
    byText.set(text, [...(byText.get(text) ?? []), label(part)]);
  }
  const texts = [...byText].map(([text, labels]) => `${RULE}\n${labels.join('\n')}\n\n${text}\n`);
  return `${title}\n\n${table.join('\n')}\n\n${texts.join('\n')}`;
}

function label({ name, version }) {
  return version === undefined ? name : `${name} ${version}`;
}
