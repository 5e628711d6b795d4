import { Value } from '@sinclair/typebox/value';
import type { TSchema } from '@sinclair/typebox';
import { KioskError } from '../lib/errors.ts';
import { isPattern } from '../lib/linear-pattern.ts';
import { CAMERA_NAMES, missingFor } from './camera-names.ts';
import { ConfigSchema, type Config } from './schema.ts';

const PREFIX = 'KIOSK_';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `burstFrames` → `KIOSK_BURST_FRAMES`. */
export function variableOf(setting: string): string {
  return PREFIX + setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/**
 * The settings of an environment, complete and frozen.
 *
 * @throws KioskError `config/invalid` whose message lists every problem, one per line, each with the name of its
 *   variable
 */
export function loadConfig(env: Environment): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [setting, schema] of Object.entries<TSchema>(ConfigSchema.properties)) {
    const [variable, text] = lookUp(env, setting);
    values[setting] = text === undefined ? schema.default : parse(schema, text);
    if (!Value.Check(schema, values[setting]))
      problems.push(`${variable}=${text ?? ''}: ${expectation(schema)}`);
  }
  problems.push(...unknownVariables(env), ...contradictions(values));
  if (problems.length > 0) throw new KioskError('config/invalid', problems.join('\n'));
  return Object.freeze(values) as Config;
}

/** Variables set by others that apply if the kiosk's own is not set. */
const OTHERS: Readonly<Record<string, string>> = {
  port: 'PORT',
  // Set by balena's supervisor in every container.
  updateLock: 'BALENA_APP_LOCK_PATH',
};

function lookUp(env: Environment, setting: string): [variable: string, text: string | undefined] {
  const variable = variableOf(setting);
  const other = OTHERS[setting];
  if (other !== undefined && env[variable] === undefined) return [other, env[other]];
  return [variable, env[variable]];
}

/** Environment variables are text; text that cannot be parsed as the schema's type stays text and fails validation. */
function parse(schema: TSchema, text: string): unknown {
  if (schema.type === 'integer') return /^-?\d+$/.test(text) ? Number(text) : text;
  if (schema.type === 'number') return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (schema.type === 'boolean') return { true: true, false: false, '1': true, '0': false }[text] ?? text;
  return text;
}

function expectation(schema: TSchema): string {
  if (schema.type === 'integer') {
    return `must be a whole number from ${String(schema.minimum)} to ${String(schema.maximum)}`;
  }
  if (schema.type === 'number')
    return `must be a number from ${String(schema.minimum)} to ${String(schema.maximum)}`;
  if (schema.type === 'boolean') return 'must be true or false';
  const choices = (schema.anyOf as { const: string }[] | undefined)?.map((choice) => choice.const);
  if (choices !== undefined) return `must be one of ${choices.join(', ')}`;
  return (schema.expected as string | undefined) ?? 'must not be empty';
}

/** Used by the installation, the tests and the training, not by the kiosk; allowed in its environment. */
const NOT_SETTINGS = /^KIOSK_(SKIP_NATIVE|TEST_\w+|TRAINING_\w+|PROOF_\w+)$/;

function unknownVariables(env: Environment): string[] {
  const known = new Set(Object.keys(ConfigSchema.properties).map(variableOf));
  return Object.keys(env)
    .filter((variable) => variable.startsWith(PREFIX) && !known.has(variable) && !NOT_SETTINGS.test(variable))
    .map((variable) => `${variable}: unknown setting`);
}

function contradictions(values: Record<string, unknown>): string[] {
  const problems: string[] = [];
  const camera = CAMERA_NAMES.find((name) => name === values.camera);
  const missing = camera && missingFor(camera, values);
  if (missing !== undefined)
    problems.push(`${variableOf(missing.setting)}: must name ${missing.what} when KIOSK_CAMERA=${camera}`);
  const sameLine = values.lampLine === values.buttonLine && values.lampChip === values.buttonChip;
  if (values.lamp !== 'none' && ['auto', 'gpiod', 'onoff'].includes(String(values.button)) && sameLine)
    problems.push('KIOSK_LAMP_LINE: must differ from KIOSK_BUTTON_LINE');
  if (typeof values.referencePattern === 'string' && !isPattern(values.referencePattern))
    problems.push(
      `KIOSK_REFERENCE_PATTERN=${values.referencePattern}: ${expectation(ConfigSchema.properties.referencePattern)}`,
    );
  return problems;
}
