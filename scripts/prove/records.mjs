import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf } from './inputs.mjs';

const NAMED = 3;

export function recordFile(name) {
  return `proofs/records/${name}.json`;
}

/** @returns {Promise<object | undefined>} the record of a proof's last pass, if there is a readable one */
export async function readRecord(root, name) {
  try {
    return JSON.parse(await readFile(join(root, recordFile(name)), 'utf8'));
  } catch (error) {
    // A merge may have left conflict markers.
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export async function writeRecord(root, name, record) {
  await mkdir(join(root, 'proofs/records'), { recursive: true });
  await writeFile(join(root, recordFile(name)), `${JSON.stringify(record, undefined, 2)}\n`);
}

/**
 * Why a record does not match these inputs; `undefined` if it does. Outside data that this machine does not have are assumed
 * unchanged.
 *
 * @returns {string | undefined}
 */
export function whyStale(record, inputs) {
  if (record === undefined) return 'it has no readable record';
  const known = withAbsent(record, inputs);
  if (record.hash === hashOf(known)) return undefined;
  const names = [...new Set([...Object.keys(record.inputs), ...Object.keys(known)])].sort();
  const changes = names.flatMap((name) => {
    if (record.inputs[name] === known[name]) return [];
    if (record.inputs[name] === undefined) return [`${name} is new`];
    return [known[name] === undefined ? `${name} is gone` : `${name} has changed`];
  });
  if (changes.length === 0) return 'its record does not match its own hash';
  const more = changes.length - NAMED;
  return [...changes.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function withAbsent(record, inputs) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, digest]) => [name, digest ?? record.inputs[name] ?? 'absent']),
  );
}
