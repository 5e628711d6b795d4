// The long proofs and the records of their last passes: npm run prove [-- NAME…]
//   (nothing)  runs the stale proofs, and writes the record of each that passes
//   NAME…      runs those, stale or not
//   --all      runs every one
//   --list     lists them, and why a stale one is stale
//   --check    the same, and exits with 1 if one is stale: what CI does. With --within MINUTES, stale proofs that CI can run and that fit into
//              the time are run as well, so that the log shows whether they still pass; their records are still missing, so the check fails.
// With CI=true no record is written.
import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { inputsOf } from './prove/inputs.mjs';
import { readRecord, recordFile, whyStale, writeRecord } from './prove/records.mjs';
import { ProofError, runProof } from './prove/run.mjs';

const options = {
  all: { type: 'boolean' },
  list: { type: 'boolean' },
  check: { type: 'boolean' },
  within: { type: 'string' },
};
const { values, positionals } = parseArgs({ allowPositionals: true, options });
const root = process.cwd();
const inCi = process.env.CI === 'true';
const started = performance.now();
const declarations = await import(pathToFileURL(join(root, 'proofs/declarations.mjs')).href);
const { PROOFS } = declarations;
const unknown = positionals.filter((name) => !PROOFS.some((proof) => proof.name === name));
if (unknown.length > 0) throw new Error(`there is no proof ${unknown.join(', ')}`);
const chosen = PROOFS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

if (values.list) for (const proof of chosen) console.log(line(proof, await standing(proof)));
else if (values.check) await check();
else await prove();

/** The record of a proof, and the reason if it is stale. */
async function standing(proof) {
  const record = await readRecord(root, proof.name);
  return { record, stale: whyStale(record, await inputsOf(root, proof, declarations)) };
}

function line(proof, { record, stale }) {
  const last = record === undefined ? '' : `, last passed ${record.date} in ${record.seconds} s`;
  return `${stale === undefined ? 'fresh' : 'STALE'}  ${proof.name}${last}${stale === undefined ? '' : `: ${stale}`}`;
}

async function prove() {
  const failed = [];
  for (const proof of chosen) {
    const named = positionals.length > 0 || values.all;
    if (!named && (await standing(proof)).stale === undefined) continue;
    if (!(await holds(proof))) failed.push(proof.name);
  }
  if (failed.length > 0) console.log(`\nNot proved: ${failed.join(', ')}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

async function check() {
  const stale = [];
  for (const proof of chosen) {
    const now = await standing(proof);
    console.log(line(proof, now));
    if (now.stale !== undefined) stale.push(proof);
  }
  for (const proof of values.within === undefined ? [] : stale.filter(({ ci }) => ci)) {
    const leftMs = Number(values.within) * 60_000 - (performance.now() - started);
    if (proof.minutes * 60_000 > leftMs)
      console.log(
        `${proof.name} is not run: it takes ${proof.minutes} minutes, and ${Math.max(0, Math.floor(leftMs / 60_000))} are left`,
      );
    else await holds(proof, { limitMs: leftMs, install: inCi });
  }
  if (stale.length > 0)
    console.log(
      `\nRun this, and commit proofs/records: npm run prove -- ${stale.map(({ name }) => name).join(' ')}`,
    );
  const counts = { passed: chosen.length - stale.length, failed: stale.length };
  if (process.env.KIOSK_TEST_COUNTS === undefined)
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
  else appendFileSync(process.env.KIOSK_TEST_COUNTS, `${counts.passed} ${counts.failed} 0\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
}

/** Runs a proof and, except in CI, saves the record of its pass. */
async function holds(proof, limits) {
  console.log(`\n${proof.name}: ${proof.shows} (${proof.minutes} minutes on two idle cores)`);
  try {
    const { inputs, hash, seconds, figures } = await runProof(root, proof, declarations, limits);
    console.log(`\n${proof.name} passed: ${seconds} s, ${JSON.stringify(figures)}`);
    if (inCi) return true;
    await writeRecord(root, proof.name, {
      hash,
      date: new Date().toISOString().slice(0, 10),
      command: [
        ...Object.entries(proof.env ?? {}).map((pair) => pair.join('=')),
        proof.steps.join(' && '),
      ].join(' '),
      seconds,
      figures,
      machine: { arch: process.arch, cores: cpus().length, node: process.version },
      inputs,
    });
    console.log(`written: ${recordFile(proof.name)}`);
    return true;
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    console.log(`\n${proof.name} failed or cannot run here: ${error.message}`);
    return false;
  }
}
