import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const tracked = new Set(
  spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).stdout.split('\0').filter(Boolean),
);
const pages = [...tracked].filter((file) => file.endsWith('.md') && existsSync(join(root, file)));

/** A tracked file, or a folder of tracked files: an untracked one would be missing for everybody else. */
function exists(path: string): boolean {
  const plain = normalize(path).replace(/\/$/, '');
  return tracked.has(plain) || plain === '.' || [...tracked].some((file) => file.startsWith(`${plain}/`));
}

/** Code blocks are not Markdown. */
const withoutBlocks = (text: string): string => text.replaceAll(/^( *)(```|~~~)[\s\S]*?^\1\2 *$/gm, '');

/** The anchors that GitHub generates for a page's headings; a repeated heading gets a number. */
function anchorsOf(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutBlocks(page).matchAll(/^#{1,6} +(.+?)(?: +#+)?$/gm)) {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = words.replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-');
    const before = seen.get(anchor);
    anchors.add(before === undefined ? anchor : `${anchor}-${before}`);
    seen.set(anchor, (before ?? 0) + 1);
  }
  return anchors;
}

/** Broken relative links of a page, including images. */
function brokenLinks(page: string, from: string): string[] {
  const text = withoutBlocks(page).replaceAll(/`[^`\n]*`/g, '');
  const inline = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const defined = [...text.matchAll(/^\[[^\]]+\]: +<?([^\s>]+)>?/gm)];
  return [...inline, ...defined]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
    .filter((target) => {
      const [path = '', anchor] = decodeURI(target).split('#');
      const file = path === '' ? from : join(dirname(from), path);
      if (!exists(file)) return true;
      if (anchor === undefined || !file.endsWith('.md')) return false;
      const content = file === from ? page : readFileSync(join(root, file), 'utf8');
      return !anchorsOf(content).has(anchor);
    });
}

/** Paths of this repository that a page names in backticks and that do not exist. Placeholders (`NAME`, `x.ts`, `…`, `*`) are ignored. */
function missingPaths(page: string): string[] {
  return [...withoutBlocks(page).matchAll(/`((?:src|kiosk-ui|test|scripts)\/[^`\s]*)`/g)]
    .map(([, path]) => path!.replace(/:\d+(-\d+)?$/, ''))
    .filter((path) => !/[*…{}<>$]|[A-Z]{2,}|\/x\./.test(path))
    .filter((path) => !exists(path));
}

describe('the pages', () => {
  it('are found', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/design.md', 'model/README.md']));
  });

  it.each(pages)('link only to files and headings that exist: %s', (file) => {
    expect(brokenLinks(readFileSync(join(root, file), 'utf8'), file)).toEqual([]);
  });

  it.each(pages)('name only files that exist: %s', (file) => {
    expect(missingPaths(readFileSync(join(root, file), 'utf8'))).toEqual([]);
  });

  it('are rejected for a link to a missing file, folder or heading', () => {
    const links =
      '[a](docs/nothing.md) [b](nowhere/) [c](docs/design.md#nothing) ![d](docs/images/none.png)\n[e]: docs/no.md';
    expect(brokenLinks(links, 'README.md')).toEqual([
      'docs/nothing.md',
      'nowhere/',
      'docs/design.md#nothing',
      'docs/images/none.png',
      'docs/no.md',
    ]);
    expect(brokenLinks('# One thing\n\n[up](#one-thing) [down](#another)', 'README.md')).toEqual([
      '#another',
    ]);
    expect(missingPaths('`src/nothing.ts` and `src/main.ts`, `kiosk-ui/src/nowhere`')).toEqual([
      'src/nothing.ts',
      'kiosk-ui/src/nowhere',
    ]);
  });

  it('have the anchors that GitHub generates for their headings', () => {
    const page = '# A *b*, `c`: d/e\n## Same\n## Same\n```\n# no heading\n```\n### [Text](x.md) – end\n';
    expect([...anchorsOf(page)]).toEqual(['a-b-c-de', 'same', 'same-1', 'text--end']);
  });
});
