import { describe, KioskError } from '../../lib/errors.ts';
import type { CameraDriver, CameraProgram } from '../port.ts';

/**
 * Tries real cameras in turn until one sends a frame, and keeps that one as long as it can be found. Never a simulated
 * one: a drawn image must not pass for skin.
 */
export class AutoDriver implements CameraDriver {
  readonly driver = 'auto';
  readonly simulated = false;
  readonly #drivers: readonly CameraDriver[];
  #next = 0;
  #confirmed = false;

  constructor(finders: readonly CameraDriver[]) {
    this.#drivers = finders;
  }

  /** @throws KioskError `camera/lost` with the problem of each driver */
  async find(): Promise<CameraProgram> {
    if (!this.#confirmed) return this.#try(this.#next);
    this.#confirmed = false;
    return this.#try(this.#next - 1);
  }

  confirmStreaming(): void {
    this.#confirmed = true;
  }

  deviceFingerprint(): string {
    return this.#drivers.map((finder) => finder.deviceFingerprint?.() ?? '').join('; ');
  }

  /** Starting with one, cyclically. */
  async #try(from: number): Promise<CameraProgram> {
    const count = this.#drivers.length;
    const problems: string[] = [];
    for (let i = 0; i < count; i += 1) {
      const at = (from + i + count) % count;
      const finder = this.#drivers[at];
      if (finder === undefined) continue;
      try {
        const program = await finder.find();
        this.#next = at + 1;
        return { ...program, location: `${program.location ?? program.driver} (chosen by auto)` };
      } catch (error) {
        problems.push(`${finder.driver}: ${describe(error)}`);
      }
    }
    this.#next = 0;
    throw new KioskError('camera/lost', problems.sort().join(' '));
  }
}
