import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument, visit } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

interface Manifest {
  readonly version: string;
  readonly homepage: string;
  readonly bugs: string;
  readonly repository: { readonly url: string };
}
const manifest = JSON.parse(read('package.json')) as Manifest;
const repository = manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');

/** https://www.apache.org/licenses/LICENSE-2.0.txt */
const APACHE_SHA256 = 'cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30';

describe('LICENSE', () => {
  it('is the complete Apache License with its appendix, and names the copyright owner', () => {
    const owner = 'Copyright 2026 The dermoscopy-kiosk authors';
    const published = read('LICENSE').replace(owner, 'Copyright [yyyy] [name of copyright owner]');
    expect(read('LICENSE')).toContain(owner);
    expect(createHash('sha256').update(published).digest('hex')).toBe(APACHE_SHA256);
  });
});

describe('the version', () => {
  it('is the same in the lock file, in balena.yml and at the top of the changelog', () => {
    const lock = JSON.parse(read('package-lock.json')) as {
      version: string;
      packages: Record<string, { version: string }>;
    };
    const fleet = parse(read('balena.yml')) as { version: string };
    const [, newest] = /^## \[(\d[^\]]*)\] – \d{4}-\d\d-\d\d$/m.exec(read('CHANGELOG.md'))!;
    expect([lock.version, lock.packages['']!.version, fleet.version, newest]).toEqual(
      Array<string>(4).fill(manifest.version),
    );
  });

  it('has an Unreleased section in the changelog', () => {
    expect(read('CHANGELOG.md')).toMatch(/^## \[Unreleased\]$/m);
  });
});

describe('the address of the repository', () => {
  it.each([
    ['Dockerfile', `org.opencontainers.image.source="${repository}"`],
    ['Dockerfile.arm64', `org.opencontainers.image.source="${repository}"`],
    ['docker/browser.Dockerfile', `org.opencontainers.image.source="${repository}"`],
    ['.github/ISSUE_TEMPLATE/config.yml', `url: ${repository}/security/advisories/new`],
    ['packaging/debian/copyright', `\nSource: ${repository}\n`],
    ['packaging/debian/copyright', `\nUpstream-Contact: ${manifest.bugs}\n`],
  ])('in %s is that of package.json', (name, line) => {
    expect(read(name)).toContain(line);
  });

  it('is the base of the issue and home pages in package.json', () => {
    expect([manifest.bugs, manifest.homepage]).toEqual([`${repository}/issues`, `${repository}#readme`]);
  });
});

describe('the terms of HAM10000', () => {
  it.each([
    'README.md',
    'NOTICE',
    'model/README.md',
    'packaging/debian/copyright',
    'docs/models/lesion-pair.md',
  ])('in %s are those of the images and those of the masks', (name) => {
    expect(read(name)).toMatch(/CC BY-NC 4\.0/);
    expect(read(name)).toMatch(/CC BY-NC-SA 4\.0/);
  });
});

describe('the files of .github', () => {
  const files = readdirSync(join(root, '.github'), { recursive: true, encoding: 'utf8' });
  const yaml = files.filter((name) => name.endsWith('.yml')).map((name) => join('.github', name));
  const forms = yaml.filter((name) => /ISSUE_TEMPLATE\/\d/.test(name));

  it.each(yaml)('have no alias, which Dependabot rejects, in %s', (name) => {
    const aliases: unknown[] = [];
    visit(parseDocument(read(name)), { Alias: (_, node) => void aliases.push(node) });
    expect(aliases).toEqual([]);
  });

  it('have forms for a bug, a doubtful result, hardware and a feature, with a warning about patient images where one could be attached', () => {
    const names = forms.map((name) => (parse(read(name)) as { name: string }).name);
    expect(names.sort()).toEqual(['Bug', 'Feature', 'Hardware report', 'Wrong or doubtful result']);
    const warning = forms.filter((name) => /image of a patient|images of patients/.test(read(name)));
    expect(warning.length).toBe(3);
  });

  it('pin exactly the packages whose update docs/dependencies.md describes', () => {
    const { updates } = parse(read('.github/dependabot.yml')) as {
      updates: {
        'package-ecosystem': string;
        ignore?: { 'dependency-name': string; 'update-types'?: string[] }[];
      }[];
    };
    const held = updates.find((update) => update['package-ecosystem'] === 'npm')?.ignore ?? [];
    const table = read('docs/dependencies.md')
      .split('## ')
      .find((part) => part.startsWith('Packages that are held'))!;
    for (const { 'dependency-name': name, 'update-types': types } of held) {
      expect(table).toContain(`| \`${name}\``);
      // Without them a known vulnerability would be ignored too.
      expect([name, types?.length]).toEqual([name, 3]);
    }
    expect(table.match(/^\| `/gm)).toHaveLength(held.length);
  });
});

it('names in docs/dependencies.md only tests that exist', () => {
  const named = [...read('docs/dependencies.md').matchAll(/`(test\/[\w/-]+\.test\.ts)`/g)].map(
    ([, name]) => name!,
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !existsSync(join(root, name)))).toEqual([]);
});

describe('the copyright file of the Debian packages', () => {
  const paragraphs = read('packaging/debian/copyright')
    .trim()
    .split(/\n\n/)
    .map((paragraph) => {
      const lines = paragraph.replaceAll(/\n[ \t]+/g, '\0').split('\n');
      return Object.fromEntries(lines.map((line) => /^([\w-]+): ?(.*)$/.exec(line)!.slice(1, 3))) as Record<
        string,
        string
      >;
    });
  const [header, ...rest] = paragraphs;
  const files = rest.filter((paragraph) => paragraph.Files !== undefined);

  it('is machine-readable and starts with the stanza for all files', () => {
    expect(header!.Format).toBe('https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/');
    expect(files[0]!.Files).toBe('*');
    for (const paragraph of files)
      expect(Object.keys(paragraph).filter((field) => field !== 'Comment')).toEqual([
        'Files',
        'Copyright',
        'License',
      ]);
  });

  it('describes exactly the licences that it names', () => {
    const named = files.flatMap(({ License }) => License!.split('\0')[0]!.split(' and '));
    const described = rest
      .filter(({ Files }) => Files === undefined)
      .map(({ License }) => License!.split('\0')[0]!);
    expect([...described].sort()).toEqual([...new Set(named)].sort());
  });
});

describe('images and packages', () => {
  it.each(['LICENSE', 'NOTICE', 'CHANGELOG.md'])('include %s', (name) => {
    expect(read('.dockerignore')).toMatch(new RegExp(`^!${name}$`, 'm'));
    expect(read('docker/install')).toMatch(new RegExp(`^cp -a .*\\b${name}\\b.* "\\$home"$`, 'm'));
    expect(read('scripts/deb/tree.mjs')).toContain(`'${name}'`);
  });

  it('include the third-party licences and the SBOM, written before modules are pruned', () => {
    expect(read('docker/install')).toMatch(/third-party\.mjs .*--out "\$home"\n[\s\S]*prune-modules/);
    expect(read('scripts/deb/tree.mjs')).toMatch(
      /await writeThirdParty\(home, Object\.keys\(FILES\)[\s\S]*await pruneModules/,
    );
    expect(read('.dockerignore')).toMatch(/^!packaging\/third-party$/m);
  });

  it('include the project’s licence in the browser image too', () => {
    expect(read('docker/browser.Dockerfile')).toMatch(/^COPY LICENSE NOTICE /m);
  });
});
