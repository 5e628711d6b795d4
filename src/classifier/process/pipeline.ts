import { createHash } from 'node:crypto';
import type { KioskError } from '../../lib/errors.ts';
import type { QualityValues } from '../../protocol/http.ts';
import type { GateReason } from '../../protocol/reasons.ts';
import { gate } from '../../vision/gate.ts';
import { prepare } from '../../vision/geometry.ts';
import { decode } from '../../vision/jpeg.ts';
import { measure } from '../../vision/quality.ts';
import type { Assessment, Classification } from '../port.ts';
import { decide, scoresOf } from '../verdict.ts';
import type { Loaded } from './load.ts';

/** Milliseconds since the last call, or since the watch was made. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const since = performance.now() - last;
    last += since;
    return since;
  };
}

interface Judged {
  readonly index: number;
  readonly quality: QualityValues;
  readonly reason: GateReason | undefined;
}

/**
 * The quality gate over a burst: of the frames that pass, the sharpest is the best; when none passes, the sharpest says why. A frame
 * that cannot be decoded is left out as long as another can.
 *
 * @throws KioskError `picture/…` of the first frame when none can be decoded
 */
export async function assess(burst: readonly Uint8Array[]): Promise<Assessment> {
  const watch = stopwatch();
  let decoding = 0;
  let measuring = 0;
  const judged: Judged[] = [];
  const broken: unknown[] = [];
  for (const [index, bytes] of burst.entries()) {
    try {
      const image = await decode(bytes);
      decoding += watch();
      const quality = measure(image);
      judged.push({ index, quality, reason: gate(quality) });
      measuring += watch();
    } catch (error) {
      broken.push(error);
    }
  }
  const best = sharpest(judged.filter(({ reason }) => reason === undefined)) ?? sharpest(judged);
  if (best === undefined) throw broken[0] as KioskError;
  const answer = {
    best: best.index,
    quality: best.quality,
    timings: { burstDecode: decoding, quality: measuring },
  };
  return best.reason === undefined
    ? { fit: true, ...answer }
    : { fit: false, reason: best.reason, ...answer };
}

function sharpest(frames: readonly Judged[]): Judged | undefined {
  return frames.toSorted((a, b) => b.quality.focus - a.quality.focus)[0];
}

/** One picture through the very path whose self-test passed. @throws KioskError `picture/…`, `inference/failed` */
export async function classify(
  picture: Uint8Array,
  { engine, model: { card, identity } }: Pick<Loaded, 'engine' | 'model'>,
): Promise<Classification> {
  const watch = stopwatch();
  const image = await decode(picture);
  const decoding = watch();
  const { size, preprocessing } = card.input;
  const input = prepare(image, { areaSide: preprocessing.areaSide, size });
  const preparing = watch();
  const scores = scoresOf(await engine.logits(input, 1), card);
  const timings = { decode: decoding, prepare: preparing, network: watch() };
  return {
    verdict: decide(scores, card),
    ...(scores === undefined ? {} : { scores }),
    pictureSha256: createHash('sha256').update(picture).digest('hex'),
    model: identity,
    timings,
  };
}
