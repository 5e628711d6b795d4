import type { EncodedImage } from '../lib/image-signature.ts';
import { captureBurst } from '../camera/burst.ts';
import type { Camera } from '../camera/port.ts';
import type { Classifier } from '../classifier/port.ts';
import type { Clock } from '../lib/clock.ts';
import { codeOf, KioskError } from '../lib/errors.ts';
import type { KeptMask } from '../protocol/http.ts';
import type { Timings } from '../protocol/outcome.ts';
import { isFaultCode, type FaultCode } from '../protocol/reasons.ts';
import type { SessionSubject } from '../store/port.ts';
import type { Event } from './machine.ts';
import type { CaptureRequest } from './port.ts';

/**
 * The current session: its request, its images, and its abort controller. Released, with its images, when the session
 * is over.
 */
export interface Job {
  readonly id: string;
  readonly request: CaptureRequest;
  /** Patient and lesion at the time of the press. */
  readonly subject: SessionSubject;
  readonly abort: AbortController;
  /**
   * Milliseconds: `open`, `capture`, `assess`, `classify` by stage, and `<stage>.<part>` as reported by the classifier.
   */
  readonly timings: Record<string, number>;
  burst: readonly EncodedImage[];
  /** When there was nothing left but to ask and to record, monotonic, ms. */
  workedUntil?: number;
  cancelTimer: () => void;
}

export function newJob(id: string, request: CaptureRequest, subject: SessionSubject): Job {
  return {
    id,
    request,
    subject,
    abort: new AbortController(),
    timings: {},
    burst: [],
    cancelTimer: () => undefined,
  };
}

export interface CaptureSettings {
  readonly burstFrames: number;
  readonly burstSpanMs: number;
  readonly captureTimeoutMs: number;
  readonly cameraLatencyMs: number;
  /** For the camera's images; unknown for an uploaded one. */
  readonly mmPerPixel?: number | undefined;
}

/** An uploaded image is a burst of one. */
export async function capture(
  job: Job,
  { camera, clock, settings }: { camera: Camera; clock: Clock; settings: CaptureSettings },
): Promise<Event> {
  const { id, request } = job;
  if (request.source === 'upload') {
    job.burst = [request.picture];
    return { type: 'captured', id };
  }
  const frames = await captureBurst(camera, {
    count: settings.burstFrames,
    spanMs: settings.burstSpanMs,
    notBefore: request.at + settings.cameraLatencyMs,
    timeoutMs: settings.captureTimeoutMs,
    clock,
    signal: job.abort.signal,
  });
  job.burst = frames.map(({ jpeg }) => ({ bytes: jpeg, contentType: 'image/jpeg' }));
  return { type: 'captured', id };
}

/**
 * `rejected`: the frame that the gate has rejected.
 *
 * @throws KioskError `camera/stalled` if a real camera shows the same again: what would be judged may be older than the press
 */
export async function assess(
  job: Job,
  { classifier, camera }: { readonly classifier: Classifier; readonly camera: Camera },
): Promise<{ readonly event: Event; readonly rejected?: EncodedImage | undefined }> {
  const pictures = job.burst.map(({ bytes }) => bytes);
  const assessment = await classifier.assess(pictures, job.abort.signal);
  addParts(job, 'assess', assessment.timings);
  // Frames that would be taken again anyway may be equal: all black, or all white.
  const { fit, repeats = false } = assessment;
  if (fit && repeats && job.request.source === 'camera' && !camera.simulated)
    throw new KioskError('camera/stalled', 'the camera repeats its frames');
  const event = { type: 'assessed', id: job.id, assessment } as const;
  return fit ? { event } : { event, rejected: job.burst[assessment.best] };
}

export async function classify(
  job: Job,
  picture: EncodedImage | undefined,
  { classifier, settings }: { classifier: Classifier; settings: CaptureSettings },
): Promise<{ readonly event: Event; readonly mask?: KeptMask | undefined }> {
  if (picture === undefined) throw new KioskError('inference/failed', 'the best frame is not in the burst');
  const mmPerPixel = job.request.source === 'camera' ? settings.mmPerPixel : undefined;
  // The mask is kept with the image and is not part of a state.
  const { mask, ...classification } = await classifier.classify(picture.bytes, job.abort.signal, mmPerPixel);
  addParts(job, 'classify', classification.timings);
  return { event: { type: 'classified', id: job.id, classification }, mask };
}

/** The session no longer works on anything: its time limit is over, and so is the time it took. */
export function disarm(job: Job, clock: Clock): void {
  job.cancelTimer();
  job.workedUntil ??= clock.monotonic();
}

/**
 * Neither the write, whose duration is known only when the row can no longer be changed, nor waiting for an answer is
 * included.
 */
export function timingsOf({ timings, request, workedUntil }: Job, clock: Clock): Timings {
  return { ...timings, total: (workedUntil ?? clock.monotonic()) - request.at };
}

function addParts(job: Job, stage: string, timings: Timings): void {
  for (const [part, ms] of Object.entries(timings)) job.timings[`${stage}.${part}`] = ms;
}

/** What a session reports of an error. */
export function faultCode(error: unknown): FaultCode {
  const code = codeOf(error);
  return isFaultCode(code) ? code : 'internal/error';
}
