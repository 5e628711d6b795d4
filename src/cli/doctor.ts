import { parseArgs } from 'node:util';
import { bundleDirOf, createCamera, createClassifier } from '../app/factories.ts';
import { LinuxBoard } from '../board/linux-board.ts';
import { checkOf } from '../diagnostics/check.ts';
import { runChecks } from '../diagnostics/run-checks.ts';
import { sampleCamera, type CameraSample } from '../diagnostics/camera-check.ts';
import { lampCheck, modelCheck, selfTestWords } from '../diagnostics/device-checks.ts';
import { probeEngines } from '../classifier/client/probe.ts';
import { ready } from '../classifier/client/ready.ts';
import type { Config } from '../config/schema.ts';
import { hardwareKey, hardwareLamp } from '../app/drivers.ts';
import { openLamp } from '../lamp/opening.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import type { Check } from '../protocol/diagnostics.ts';
import { tryDatabase } from '../store/trial.ts';
import { versions } from '../diagnostics/versions.ts';
import { report } from './checks.ts';
import { buttonCheck } from './doctor-button.ts';
import { configOf, type ExitCode, type Terminal } from './terminal.ts';

/** A camera that has just been started takes longer for its first frame than a running one, ms. */
const FIRST_FRAME_MS = 20_000;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  press: { type: 'boolean', default: false },
} as const;

/** Checks every component as a press would use it; a failing one is reported with its cure, and the others are still checked. */
export async function doctorCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const config = configOf(terminal);
  const classifier = createClassifier(config, systemClock, silentLogger);
  await classifier.start();
  try {
    // Its outcome is one of the findings; without it no image can be inspected.
    await ready(classifier).catch(() => undefined);
    const checks = await runChecks({
      board: new LinuxBoard({ dataDir: config.dataDir }),
      camera: () => camera(config),
      look: (jpeg) => classifier.inspect(jpeg, new AbortController().signal),
      button: () =>
        buttonCheck({
          config,
          press: values.press,
          makeKey: (name) => hardwareKey(name, config, systemClock),
          openLamp: async () =>
            (await openLamp(config.lamp, (name) => hardwareLamp(name, config, systemClock)))?.lamp,
          clock: systemClock,
          terminal,
        }),
      lamp: () => lamp(config),
      model: () => modelCheck(classifier.status(), bundleDirOf(config)),
      engine: () => engines(config),
      record: () => dataFolder(config),
      versions: versions(),
      ownBytes: () => process.memoryUsage.rss(),
      config,
      clock: systemClock,
    });
    return report(checks, terminal, { key: 'checks', json: values.json });
  } finally {
    await classifier.stop();
  }
}

/** As at startup: a writable folder does not mean that the database can be opened. */
function dataFolder({ dataDir }: Config): string {
  tryDatabase(dataDir);
  return `${dataDir}: a row can be written`;
}

/** The state of each engine. A kiosk needs only one, so a missing one is reported but is not a failure. */
async function engines(config: Config): Promise<Check> {
  const reports = await probeEngines(bundleDirOf(config), { clock: systemClock });
  const found = reports
    .map((engine) =>
      engine.ok
        ? `${engine.engine}: ${selfTestWords(engine.selfTest)}`
        : `${engine.engine}: not available (${engine.reason})`,
    )
    .join('; ');
  return reports.some(({ ok }) => ok)
    ? checkOf('engine', 'ok', found)
    : {
        ...checkOf('engine', 'failed', found),
        cure: 'Run “npm ci” again, or see docs/usage.md, “Engines”.',
      };
}

async function camera(config: Config): Promise<CameraSample> {
  const device = await createCamera(config, systemClock, silentLogger);
  await device.start();
  try {
    return await sampleCamera(device, { clock: systemClock, firstFrameMs: FIRST_FRAME_MS });
  } finally {
    await device.stop();
  }
}

async function lamp(config: Config): Promise<Check> {
  const opened = await openLamp(config.lamp, (name) => hardwareLamp(name, config, systemClock));
  if (opened === undefined) return lampCheck({ state: 'none' });
  await opened.lamp.stop();
  return lampCheck({ state: 'ready', location: opened.reason });
}
