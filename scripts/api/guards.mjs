import { readFileSync } from 'node:fs';
import { format } from 'prettier';

const { CaptureAnswerSchema, SessionDetailSchema, SessionPageSchema } =
  await import('../../dist/server/schemas/sessions.js');
const { AssignmentAnswerSchema } = await import('../../dist/server/routes/assignments.js');
const lesions = await import('../../dist/server/schemas/lesions.js');
const operators = await import('../../dist/server/schemas/operators.js');
const patients = await import('../../dist/server/schemas/patients.js');
const { GuideViewSchema } = await import('../../dist/server/schemas/guide.js');
const { PracticeAnswerSchema } = await import('../../dist/server/schemas/practice.js');
const reports = await import('../../dist/server/schemas/reports.js');
const { OverviewViewSchema } = await import('../../dist/server/schemas/view.js');
const { ErrorBodySchema } = await import('../../dist/server/schemas/responses.js');
const { SettingsReplySchema } = await import('../../dist/server/schemas/events.js');
const { EXTENSIBLE } = await import('../../dist/server/schemas/schema-for.js');

/** Every answer that the screen reads: its type, the file of the protocol with that type, and its schema. */
const ANSWERS = [
  ['About', 'http', reports.AboutSchema],
  ['AssignmentAnswer', 'http', AssignmentAnswerSchema],
  ['ButtonTest', 'diagnostics', reports.ButtonTestSchema],
  ['CaptureAnswer', 'http', CaptureAnswerSchema],
  ['ComparisonView', 'lesion', reports.ComparisonViewSchema],
  ['DriveListing', 'http', reports.DriveListingSchema],
  ['DrivePage', 'http', reports.DrivePageSchema],
  ['ErrorBody', 'http', ErrorBodySchema],
  ['ExportPlace', 'http', reports.ExportPlaceSchema],
  ['ExportWritten', 'http', reports.ExportWrittenSchema],
  ['GuideView', 'guide', GuideViewSchema],
  ['LampTest', 'diagnostics', reports.LampTestSchema],
  ['LesionHistory', 'lesion', reports.LesionHistorySchema],
  ['LesionOverviews', 'overview', lesions.LesionOverviewsSchema],
  ['LesionRecord', 'lesion', lesions.LesionRecordSchema],
  ['OverviewView', 'overview', OverviewViewSchema],
  ['PatientPage', 'patients', patients.PatientPageSchema],
  ['PatientView', 'patients', patients.PatientViewSchema],
  ['PracticeAnswer', 'practice', PracticeAnswerSchema],
  ['SelfTestReport', 'diagnostics', reports.SelfTestReportSchema],
  ['SessionDetail', 'http', SessionDetailSchema],
  ['SessionPage', 'http', SessionPageSchema],
  ['SettingsReply', 'settings', SettingsReplySchema],
  ['Statistics', 'statistics', reports.StatisticsSchema],
  ['UnlockState', 'operators', operators.UnlockStateSchema],
  ['UnlockAnswer', 'operators', operators.UnlockAnswerSchema],
  ['OperatorView', 'operators', operators.OperatorViewSchema],
  ['OperatorList', 'operators', operators.OperatorListSchema],
];

const HEAD = `/**
 * Checks of what the kiosk answers, for the screen. Written by \`npm run api\` from the schemas of the routes
 * (src/server/schemas); a test compares the two. Change the schemas, not this file.
 */`;

/** The module of the screen that checks answers: the schemas reduced to what the screen relies on. */
export async function guards() {
  const shapes = new Shapes();
  const lines = ANSWERS.map(
    ([type, , schema]) => `export const is${schema.title} = guard<${type}>(${shapes.of(schema)});`,
  );
  const files = [...new Set(ANSWERS.map(([, file]) => file))].sort();
  const imports = files.map((file) => {
    const types = ANSWERS.filter(([, home]) => home === file).map(([type]) => type);
    return `import type { ${types.join(', ')} } from '#protocol/${file}.ts';`;
  });
  const source = [
    HEAD,
    [...imports, `import { guard, type Shape } from './guard.ts';`].join('\n'),
    ...shapes.declared(),
    ...lines,
  ].join('\n\n');
  const style = JSON.parse(readFileSync(new URL('../../.prettierrc.json', import.meta.url), 'utf8'));
  return format(source, { ...style, parser: 'typescript' });
}

/** Writes schemas as shapes (kiosk-ui/src/connection/guard.ts); those with a title become constants. */
class Shapes {
  /** @type {Map<string, string>} */
  #named = new Map();

  /** In the order of their use: a constant comes after those it refers to. */
  declared() {
    return [...this.#named].map(([name, shape]) => `const ${name}: Shape = ${shape};`);
  }

  of(schema) {
    const { title } = schema;
    const shape = this.#shape(schema);
    // A text is shorter than the name of a constant.
    if (title === undefined || !shape.startsWith('{')) return shape;
    const name = title.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
    if ((this.#named.get(name) ?? shape) !== shape) throw new Error(`two schemas are called ${title}`);
    this.#named.set(name, shape);
    return name;
  }

  #shape(schema) {
    const { type, anyOf, items, properties, patternProperties, required = [] } = schema;
    if (schema[EXTENSIBLE]) return `'string'`;
    if ('const' in schema) return `{ oneOf: [${JSON.stringify(schema.const)}] }`;
    if (anyOf !== undefined) {
      if (anyOf.every((each) => 'const' in each))
        return `{ oneOf: ${JSON.stringify(anyOf.map((each) => each.const))} }`;
      return `{ anyOf: [${anyOf.map((each) => this.of(each)).join(', ')}] }`;
    }
    switch (type) {
      case undefined:
        return `'unknown'`;
      case 'null':
        return `{ oneOf: [null] }`;
      case 'integer':
        return `'number'`;
      case 'string':
      case 'number':
      case 'boolean':
        return `'${type}'`;
      case 'array':
        return Array.isArray(items)
          ? `{ tuple: [${items.map((each) => this.of(each)).join(', ')}] }`
          : `{ array: ${this.of(items)} }`;
      case 'object': {
        if (patternProperties !== undefined)
          return `{ record: ${this.of(Object.values(patternProperties)[0])} }`;
        const fields = Object.entries(properties).map(
          ([name, each]) =>
            `${JSON.stringify(required.includes(name) ? name : `${name}?`)}: ${this.of(each)}`,
        );
        return `{ object: { ${fields.join(', ')} } }`;
      }
      default:
        throw new Error(`a screen cannot check ${JSON.stringify(schema)}`);
    }
  }
}
