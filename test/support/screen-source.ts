import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const folder = join(import.meta.dirname, '..', '..', 'kiosk-ui', 'src');

/** Attributes that are not shown to users. */
const SILENT = new Set(['class', 'key', 'type', 'role', 'id', 'name', 'data-testid', 'd', 'icon', 'tone']);

/** Units and symbols. */
const SIGNS = /^(?:№|s|ms|mm)$/;

/** Whether a key of the dictionary is used in the source of the screen: by `t` itself, or by its name in a table. */
export function keysUsed(): (key: string) => boolean {
  const whole = new Set<string>();
  const patterns: RegExp[] = [];
  eachNode((node) => {
    if (ts.isStringLiteral(node) && node.text.includes('.')) whole.add(node.text);
    const [argument] = ts.isCallExpression(node) && node.expression.getText() === 't' ? node.arguments : [];
    if (argument === undefined) return;
    const collect = (part: ts.Node): void => {
      if (ts.isStringLiteral(part)) whole.add(part.text);
      if (ts.isTemplateExpression(part)) patterns.push(patternOf(part));
      ts.forEachChild(part, collect);
    };
    collect(argument);
  });
  return (key) => whole.has(key) || patterns.some((pattern) => pattern.test(key));
}

/** Text in the source of the screen that bypasses the dictionary: text of an element, a visible attribute, a sentence. */
export function literalsShown(): readonly string[] {
  const found: string[] = [];
  eachNode((node, file) => {
    const text = ts.isJsxText(node) || ts.isStringLiteralLike(node) ? node.text.trim() : '';
    if (!/\p{L}/u.test(text) || SIGNS.test(text.replaceAll(/[^\p{L}№]/gu, ''))) return;
    const isAttribute = ts.isJsxAttribute(node.parent) && !SILENT.has(node.parent.name.getText());
    const isVisible =
      isAttribute &&
      /^(?:label|title|text|alt|aria-label|waiting|where|hint)$|Label$/.test(node.parent.name.getText());
    if (ts.isJsxText(node) || isVisible || /^\p{Lu}\S* \p{L}/u.test(text)) found.push(`${file}: ${text}`);
  });
  return found;
}

function patternOf({ head, templateSpans }: ts.TemplateExpression): RegExp {
  const texts = [head.text, ...templateSpans.map(({ literal }) => literal.text)];
  return new RegExp(`^${texts.map((text) => text.replaceAll('.', '\\.')).join('[^.]+')}$`);
}

/** Visits every file of the screen except the dictionaries. */
function eachNode(visit: (node: ts.Node, file: string) => void): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/^i18n\/(?:(?:codes|help)\/)?..\.ts$/.test(file))
    .sort();
  for (const file of files) {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(folder, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const walk = (node: ts.Node): void => {
      visit(node, file);
      ts.forEachChild(node, walk);
    };
    walk(source);
  }
}
