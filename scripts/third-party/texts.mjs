import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const LICENCE_FILE = /^(?:licen[cs]e|copying)/i;
/** Apache-2.0 requires that these are distributed too. */
const NOTICE_FILE = /^(?:notice|third[-_ ]?party)/i;
/** Excludes code with such a name. */
const TEXT = /^[^.]*$|\.(?:md|txt|markdown|mit|bsd|apache2?)$/i;

/** A README's licence section, if it has the licence text and not only its name or a link. */
const README_SECTION =
  /^(?:#+\s*)?licen[cs]e\b[^\n]*\n[\s\S]*?permission is hereby granted[\s\S]*?(?=\n#|$(?![\s\S]))/im;

/** Texts for packages that name a licence but do not include its text. */
export class StandardTexts {
  #project;

  constructor(project) {
    this.#project = project;
  }

  async of(licence, { name, author = `the authors of ${name}` }) {
    const all = licence.split(' AND ').map((one) => this.#one(one, author));
    const texts = await Promise.all(all);
    if (texts.includes(undefined))
      throw new Error(`${name} has no licence text, and there is no standard one for ${licence} here`);
    return texts.join('\n\n');
  }

  async #one(licence, author) {
    if (licence === 'MIT') return mit(author);
    if (licence === 'Apache-2.0') return this.apache();
    if (licence === 'LGPL-3.0-or-later') return this.lgpl();
    return undefined;
  }

  /** Without the appendix, which has this project's copyright. */
  async apache() {
    const [terms] = (await readFile(join(this.#project, 'LICENSE'), 'utf8')).split(/\n *APPENDIX:/);
    return terms;
  }

  /** The LGPL incorporates the GPL, so both. */
  async lgpl() {
    const folder = join(this.#project, 'packaging/third-party/licences');
    const texts = ['LGPL-3.0.txt', 'GPL-3.0.txt'].map((file) => readFile(join(folder, file), 'utf8'));
    return (await Promise.all(texts)).join('\n\n');
  }
}

/** @returns {Promise<string | undefined>} the licence and notice files in a package's folder */
export async function textsIn(folder) {
  if (!existsSync(folder)) return undefined;
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && TEXT.test(entry.name)).map(({ name }) => name);
  const licences = files.filter((name) => LICENCE_FILE.test(name)).sort();
  const notices = files.filter((name) => NOTICE_FILE.test(name)).sort();
  const texts = await Promise.all(
    [...licences, ...notices].map((name) => readFile(join(folder, name), 'utf8')),
  );
  if (licences.length === 0) texts.unshift(...(await readmeSection(folder, files)));
  return texts.length === 0 ? undefined : texts.map(tidy).join('\n\n');
}

async function readmeSection(folder, files) {
  const readme = files.find((name) => /^readme/i.test(name));
  if (readme === undefined) return [];
  const section = README_SECTION.exec((await readFile(join(folder, readme), 'utf8')).replaceAll('\r', ''));
  return section === null ? [] : [section[0].replaceAll('&lt;', '<').replaceAll('&gt;', '>')];
}

/** Normalises white space, so that a text that many packages share is printed once. */
export function tidy(text) {
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}

function mit(author) {
  return `MIT License

Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;
}
