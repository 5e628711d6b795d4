import { createHash } from 'node:crypto';
import type { KioskError } from '../../lib/errors.ts';
import type { KeptMask } from '../../protocol/http.ts';
import type { QualityValues, Timings } from '../../protocol/outcome.ts';
import { CARD_PREVALENCE, prevalenceOf } from '../../protocol/prevalence.ts';
import type { GateReason } from '../../protocol/reasons.ts';
import { gate, DEFAULT_GATE, type GateSettings } from '../../vision/gate.ts';
import { prepare } from '../../vision/geometry.ts';
import type { Image } from '../../vision/image.ts';
import { meanColour } from '../../vision/colour.ts';
import { decode } from '../../vision/jpeg.ts';
import { measureLesion } from '../../vision/lesion-quality.ts';
import { motionOf, type Plane } from '../../vision/motion.ts';
import { survey, workingSquareOf } from '../../vision/quality.ts';
import { explanationOf } from '../decision/explanation.ts';
import type { GateResult, Classification, FrameInspection, Rules } from '../port.ts';
import type { Scores } from '../model/calibration.ts';
import type { Card } from '../model/card.ts';
import { modelScoresOf } from '../model/model-scores.ts';
import { equalPrevalence, referencePrevalence, scoresAt } from '../decision/prevalence.ts';
import { cardInUse, decide, statedFor } from '../decision/verdict.ts';
import { averaged, ttaViews } from '../model/tta.ts';
import type { Loaded } from './load.ts';

/** Milliseconds since the last call, or since the stopwatch was created. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const since = performance.now() - last;
    last += since;
    return since;
  };
}

/**
 * Number of frames decoded ahead of the one being measured: enough to keep a second core busy, whatever the length of
 * the burst.
 */
const AHEAD = 1;

type Decoded = { readonly image: Image } | { readonly error: unknown };

/** In the order of the burst. Decoding runs on other threads, so the next frames are decoded while one is measured. */
async function* decodeAhead(burst: readonly Uint8Array[]): AsyncGenerator<Decoded> {
  const underWay: Promise<Decoded>[] = [];
  for (const bytes of burst) {
    // Failures are returned as values, because one may occur before anybody awaits it.
    const outcome = decode(bytes).then(
      (image) => ({ image }),
      (error: unknown) => ({ error }),
    );
    if (underWay.push(outcome) <= AHEAD) continue;
    const first = underWay.shift();
    if (first !== undefined) yield await first;
  }
  yield* underWay;
}

/** An image in its stages of processing. */
export interface DecodedFrame {
  /** The full image. */
  readonly image: Image;
  /** Its centre square at the gate's working size. */
  readonly square: Image;
}

interface Judged {
  readonly index: number;
  readonly frame: DecodedFrame;
  readonly quality: QualityValues;
  readonly reason: GateReason | undefined;
}

export interface GatedBurst {
  readonly assessment: GateResult;
  /** The best frame. */
  readonly frame: DecodedFrame;
}

/**
 * The quality gate for a burst: the sharpest frame that passes is the best; if none passes, the sharpest gives the
 * reason. A frame that cannot be decoded is skipped as long as another can. Only the best of the measured frames is
 * kept in full, and a small plane of each other one.
 *
 * @throws KioskError `picture/…` of the first frame if none can be decoded
 */
export async function assess(
  burst: readonly Uint8Array[],
  limits: GateSettings = DEFAULT_GATE,
): Promise<GatedBurst> {
  const watch = stopwatch();
  let waiting = 0;
  let measuring = 0;
  let index = 0;
  let best: Judged | undefined;
  const broken: unknown[] = [];
  const halves: Plane[] = [];
  for await (const decoded of decodeAhead(burst)) {
    waiting += watch();
    if ('image' in decoded) {
      const { quality, square, half } = survey(decoded.image);
      halves.push(half);
      const judged = {
        index,
        frame: { image: decoded.image, square },
        quality,
        reason: gate(quality, limits),
      };
      if (best === undefined || isBetter(judged, best)) best = judged;
    } else {
      broken.push(decoded.error);
    }
    measuring += watch();
    index += 1;
  }
  if (best === undefined) throw broken[0] as KioskError;
  if (best.reason === 'too-blurred') best = blurExplained(best, halves, limits);
  measuring += watch();
  return { assessment: assessmentOf(best, { burstDecode: waiting, quality: measuring }), frame: best.frame };
}

/**
 * Whether the focus failed because of motion. This requires a search over each pair of frames, so it runs only for such
 * bursts.
 */
function blurExplained(best: Judged, halves: readonly Plane[], limits: GateSettings): Judged {
  const motion = motionOf(halves);
  if (motion === undefined) return best;
  const quality = { ...best.quality, motion };
  return { ...best, quality, reason: gate(quality, limits) };
}

/** Passing before failing, then the sharper; the first one on a tie. */
function isBetter(frame: Judged, best: Judged): boolean {
  const [fit, bestFit] = [frame.reason === undefined, best.reason === undefined];
  return fit === bestFit ? frame.quality.focus > best.quality.focus : fit;
}

function assessmentOf({ index, quality, reason }: Judged, timings: Timings): GateResult {
  const answer = { best: index, quality, timings };
  return reason === undefined ? { fit: true, ...answer } : { fit: false, reason, ...answer };
}

/** A single frame; nothing of it is kept. @throws KioskError `picture/…` */
export async function inspect(picture: Uint8Array, limits: GateSettings): Promise<FrameInspection> {
  const { assessment, frame } = await assess([picture], limits);
  const reason = assessment.fit ? undefined : assessment.reason;
  return { quality: assessment.quality, reason, colour: meanColour(frame.image) };
}

/**
 * Processes one image in exactly the way that passed the self-test: its views in one call, then everything from the
 * mean of their outputs.
 *
 * @param held the decoded `picture`, if available; then no decoding time is reported
 * @param mmPerPixel millimetres of skin per pixel, if the optics are calibrated
 * @throws KioskError `picture/…`, `inference/failed`
 */
export async function classify(
  picture: Uint8Array,
  { engine, model: { card, identity }, ood, rules }: Omit<Loaded, 'selfTest'> & { readonly rules?: Rules },
  held?: DecodedFrame,
  mmPerPixel?: number,
): Promise<Classification> {
  const watch = stopwatch();
  const image = held?.image ?? (await decode(picture));
  const decoding = held === undefined ? { decode: watch() } : {};
  const { size, preprocessing } = card.input;
  const count = card.views ?? 1;
  const views = ttaViews(prepare(image, { areaSide: preprocessing.areaSide, size }), size, count);
  const preparing = watch();
  const outputs = averaged(await engine.run(views, count), size, count);
  const running = watch();
  const read = modelScoresOf(outputs, card, ood);
  const hiding =
    outputs.mask === undefined || read.lesion.share === undefined
      ? undefined
      : measureLesion(held?.square ?? workingSquareOf(image), outputs.mask);
  const reading = { ...read, lesion: { ...read.lesion, ...hiding } };
  const decided = decide(
    reading,
    rules === undefined ? card : cardInUse(card, rules.operatingPoint),
    rules?.gate,
  );
  const verdict = rules === undefined ? decided : statedFor(decided, rules.prevalence);
  const deciding = watch();
  const explanation = explanationOf(image, outputs, card, verdict, mmPerPixel);
  return {
    verdict,
    lesion: reading.lesion,
    ...(read.scores === undefined ? {} : scoresOfAnswer(read.scores, card, rules?.prevalence)),
    explanation,
    ...(outputs.mask === undefined ? {} : { mask: keptMask(outputs.mask, mmPerPixel) }),
    pictureSha256: createHash('sha256').update(picture).digest('hex'),
    model: identity,
    timings: { ...decoding, prepare: preparing, network: running, verdict: deciding, explain: watch() },
  };
}

/** Whatever the verdict. */
function scoresOfAnswer(
  scores: Scores,
  card: Card,
  setting: string = CARD_PREVALENCE,
): Pick<Classification, 'scores' | 'equalPrevalence'> {
  const from = referencePrevalence(card);
  if (from === undefined || card.reference === undefined) return { scores };
  return {
    scores: scoresAt(scores, { from, to: prevalenceOf(setting, from) ?? from }),
    equalPrevalence: equalPrevalence(scores.probabilities, card.reference),
  };
}

/** As bytes, the format in which it is stored with an image. */
function keptMask(mask: Float32Array, mmPerPixel: number | undefined): KeptMask {
  return {
    side: Math.sqrt(mask.length),
    values: Array.from(mask, (value) => Math.round(255 * Math.min(1, Math.max(0, value || 0)))),
    ...(mmPerPixel === undefined ? {} : { mmPerPixel }),
  };
}
