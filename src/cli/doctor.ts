import { mkdir, mkdtemp, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { programIdentity } from '../about.ts';
import { bundleDirOf, createCamera, createClassifier } from '../app.ts';
import { openKeys } from '../button/opening.ts';
import { captureBurst } from '../camera/burst.ts';
import { probeEngines } from '../classifier/probe.ts';
import { ready } from '../classifier/ready.ts';
import type { Config } from '../config/schema.ts';
import { hardwareKey, hardwareLamp } from '../drivers.ts';
import { openLamp } from '../lamp/opening.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { check, report, type Check } from './checks.ts';
import { configOf, type ExitCode, type Terminal } from './terminal.ts';

/** A camera that has only just been started needs longer for its first frame than a running one, ms. */
const FIRST_FRAME_MS = 20_000;

/** Tries every part as a press would use it; a part that fails is named with its cure, and the rest are tried all the same. */
export async function doctorCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
  const config = configOf(terminal);
  const parts: [string, () => Promise<string>][] = [
    [
      'program',
      () =>
        Promise.resolve(
          `dermoscopy-kiosk ${programIdentity().version}, Node ${process.version}, ${process.arch}`,
        ),
    ],
    ['data folder', () => dataFolder(config)],
    ['model', () => model(config)],
    ['engines', () => engines(config)],
    ['camera', () => camera(config)],
    ['button', () => button(config)],
    ['lamp', () => lamp(config)],
  ];
  const checks: Check[] = [];
  for (const [name, part] of parts) checks.push(await check(name, part));
  return report(checks, terminal, { key: 'checks', json: values.json, width: 12 });
}

/** A folder that is there may still refuse to be written to. */
async function dataFolder({ dataDir }: Config): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await rmdir(await mkdtemp(join(dataDir, 'doctor-')));
  return `${dataDir} can be written to`;
}

/** Loads the bundle as the kiosk does: hashes, self-test vectors, warm-up. */
async function model(config: Config): Promise<string> {
  const classifier = createClassifier(config, systemClock, silentLogger);
  await classifier.start();
  try {
    const { identity, engineReason } = await ready(classifier);
    const { name, version, sha256, engine } = identity;
    return `${name} ${version} (${sha256.slice(0, 12)}) on ${engine}: ${engineReason}; bundle ${bundleDirOf(config)}`;
  } finally {
    await classifier.stop();
  }
}

/** What each engine can do here. One is enough for a kiosk, so an engine that is missing is told and fails nothing. */
async function engines(config: Config): Promise<string> {
  const reports = await probeEngines(bundleDirOf(config), { clock: systemClock });
  return reports
    .map((report) =>
      report.ok
        ? `${report.engine}: self-test differs by ${report.selfTest.difference.toExponential(1)} at most`
        : `${report.engine}: not here (${report.reason})`,
    )
    .join('; ');
}

async function camera(config: Config): Promise<string> {
  const device = await createCamera(config, systemClock, silentLogger);
  await device.start();
  try {
    const frames = await captureBurst(device, {
      count: config.burstFrames,
      notBefore: systemClock.monotonic(),
      timeoutMs: FIRST_FRAME_MS,
      clock: systemClock,
      signal: new AbortController().signal,
    });
    return `${device.driver}${device.simulated ? ' (simulated)' : ''} gave ${frames.length} frames`;
  } finally {
    await device.stop();
  }
}

async function button(config: Config): Promise<string> {
  if (config.button === 'virtual') return 'virtual only: the key on the screen, POST /api/press, SIGUSR2';
  const { keys, reason } = await openKeys(config.button, async (name) => {
    const key = await hardwareKey(name, config, systemClock);
    let place = '';
    await key.start((news) => {
      if (news.type === 'found') place = news.place;
    });
    return { place, driver: key.driver, holdsLine: key.holdsLine, stop: () => key.stop() };
  });
  for (const key of keys) await key.stop();
  return `${keys.map(({ driver }) => driver).join(' + ')}: ${reason}`;
}

async function lamp(config: Config): Promise<string> {
  const opened = await openLamp(config.lamp, (name) => hardwareLamp(name, config, systemClock));
  if (opened === undefined) return 'none: the screen and its sounds answer alone';
  await opened.lamp.stop();
  return opened.reason;
}
