import type { Clock } from '../../lib/clock.ts';
import type { LesionValues, QualityValues } from '../../protocol/outcome.ts';
import type { Framing, FramingReason } from '../../protocol/framing.ts';
import { GATE_LIMITS, lesionGate, type GateSettings } from '../../vision/gate.ts';
import { measureLesion } from '../../vision/lesion-quality.ts';
import type { FramingLook, Rules } from '../port.ts';
import type { Loaded } from './load.ts';
import { assess, classify } from './pipeline.ts';

/**
 * Longest time for which a lesion counts as where the network last found it, ms: longer than a slow board takes to the next look with the
 * network. Without a position nothing would be known about hair and reflections, and the ring would be green too early.
 */
const LOCATED_FOR_MS = 10_000;

interface Located {
  readonly at: number;
  /** 0–1; `undefined` if the network found no lesion, or the model has no mask. */
  readonly mask: Float32Array | undefined;
  /** Of the image in which the lesion was located: what only the network can see. */
  readonly reason: FramingReason | undefined;
}

/** Values that a frame without the network cannot have. */
const NETWORK_ONLY: ReadonlySet<FramingReason> = new Set([
  'no-lesion',
  'lesion-cut',
  'lesion-small',
] as const);

/**
 * Looks at frames of the live image as a press would. The gate is measured on every frame. The network locates the lesion in some of them only;
 * in between, hair, reflections, ink and the lesion's focus are measured where it was last.
 */
export class LiveFraming {
  readonly #clock: Clock;
  #located: Located | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param loaded runs the network as well
   * @throws KioskError `picture/…`, `inference/failed`
   */
  async look(picture: Uint8Array, rules: Rules, loaded: Loaded | undefined): Promise<FramingLook> {
    const before = process.cpuUsage();
    const framing = await this.#framing(picture, rules, loaded);
    const { user, system } = process.cpuUsage(before);
    return { framing, cpuMs: (user + system) / 1000, located: loaded !== undefined };
  }

  async #framing(picture: Uint8Array, rules: Rules, loaded: Loaded | undefined): Promise<Framing> {
    const { assessment, frame } = await assess([picture], rules.gate);
    const focus = focusShare(assessment.quality, rules.gate);
    if (!assessment.fit) return { reason: assessment.reason, focus };
    if (loaded !== undefined) {
      const { verdict, lesion, mask } = await classify(picture, { ...loaded, rules }, frame);
      // A lesion that the model is unsure about is framed well: only what another image would change counts.
      const reason = verdict.outcome === 'unfit' ? verdict.reason : undefined;
      this.#located = {
        at: this.#clock.monotonic(),
        mask: mask === undefined ? undefined : Float32Array.from(mask.values, (value) => value / 255),
        reason,
      };
      return { ...(reason === undefined ? {} : { reason }), focus, ...sharesOf(lesion, rules.gate) };
    }
    const located = this.#recent();
    if (located === undefined) return { focus };
    const lesion = located.mask === undefined ? undefined : measureLesion(frame.square, located.mask);
    // Where the lesion lies is known only from the network's last look; what covers it, from this frame.
    const kept =
      located.reason !== undefined && NETWORK_ONLY.has(located.reason) ? located.reason : undefined;
    const reason = kept ?? (lesion === undefined ? undefined : lesionGate({ ...lesion, cut: 0 }, rules.gate));
    return { ...(reason === undefined ? {} : { reason }), focus, ...sharesOf(lesion ?? {}, rules.gate) };
  }

  #recent(): Located | undefined {
    const located = this.#located;
    if (located !== undefined && this.#clock.monotonic() - located.at > LOCATED_FOR_MS)
      this.#located = undefined;
    return this.#located;
  }
}

function focusShare({ focus, detail = focus }: QualityValues, limits: GateSettings): number {
  return limited(Math.min(focus / limits.focus, detail / GATE_LIMITS.detail));
}

function sharesOf({ glare, hair }: LesionValues, limits: GateSettings): Pick<Framing, 'glare' | 'hair'> {
  return {
    ...(glare === undefined ? {} : { glare: limited(glare / limits.glare) }),
    ...(hair === undefined ? {} : { hair: limited(hair / limits.hair) }),
  };
}

function limited(share: number): number {
  return Math.round(100 * Math.min(2, Math.max(0, share))) / 100;
}
