import process from 'node:process';
import { systemClock } from '../../lib/clock.ts';
import { codeOf, describe, KioskError } from '../../lib/errors.ts';
import type { GateSettings } from '../../vision/gate.ts';
import { thumbnail } from '../../vision/jpeg.ts';
import type { GateResult } from '../port.ts';
import { DecodedFrameCache } from './decoded-frame-cache.ts';
import { LiveFraming } from './framing.ts';
import { load, type Loaded } from './load.ts';
import type { InferenceAnswer, ChildSettings, InferenceMessage, InferenceRequest } from './messages.ts';
import { assess, classify, inspect } from './pipeline.ts';
import { vitalsOf } from './vitals.ts';
import { warmUp } from './warm-up.ts';

/**
 * The inference process: the only place where images are decoded and computed on. Started by `InferenceClassifier`, it
 * reports what it loaded, answers requests, and exits when the channel to its parent closes, for whatever reason.
 */
const settings = JSON.parse(process.argv[2] ?? '') as ChildSettings;

// Ctrl-C goes to the whole process group; the parent decides when this process ends.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => {
  process.exit(0);
});

const held = new DecodedFrameCache(systemClock);
const framing = new LiveFraming(systemClock);
const loading = start();
loading.then(
  ({ model, selfTest }) => {
    send({ kind: 'ready', model, selfTest });
  },
  (error: unknown) => {
    send({ kind: 'none', reason: describe(error) });
  },
);

process.on('message', (message) => {
  void answer(message as InferenceRequest);
});

async function start(): Promise<Loaded> {
  const model = await load(settings, (engine) => {
    send({ kind: 'trying', engine });
  });
  await warmUp(model);
  return model;
}

async function answer(request: InferenceRequest): Promise<void> {
  try {
    send({ kind: 'answer', id: request.id, value: await work(request) });
  } catch (error) {
    const code = codeOf(error, 'inference/failed');
    send({ kind: 'failure', id: request.id, code, message: describe(error) });
  }
}

async function work(request: InferenceRequest): Promise<InferenceAnswer> {
  switch (request.kind) {
    case 'assess':
      return assessAndHold(request.burst, request.gate);
    case 'classify': {
      const { picture, rules, mmPerPixel } = request;
      const frame = held.take(picture);
      return classify(picture, { ...(await loaded()), rules }, frame, mmPerPixel);
    }
    case 'inspect':
      return inspect(request.picture, request.gate);
    case 'look': {
      const model = request.locate ? await loading.catch(() => undefined) : undefined;
      return framing.look(request.picture, request.rules, model);
    }
    case 'thumbnail':
      return thumbnail(request.picture, request.side);
    case 'vitals':
      return vitalsOf(await loading.catch(() => undefined));
  }
}

async function assessAndHold(burst: readonly Uint8Array[], gate: GateSettings): Promise<GateResult> {
  held.drop();
  const { assessment, frame } = await assess(burst, gate);
  const best = burst[assessment.best];
  // Only a frame that passed is ever classified.
  if (assessment.fit && best !== undefined) held.hold(best, frame);
  return assessment;
}

async function loaded(): Promise<Loaded> {
  return loading.catch((error: unknown) => {
    throw new KioskError('model/none', describe(error));
  });
}

function send(message: InferenceMessage): void {
  // If the parent is gone, `disconnect` reports it.
  if (process.connected) process.send?.(message);
}
