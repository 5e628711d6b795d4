import { codeOf, describe } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import type { Backlight } from './port.ts';

export interface BrightnessControlOptions {
  readonly find: () => Promise<Backlight | undefined>;
  /** Per cent. */
  readonly brightness: number;
  /** Brightness of the page itself, per cent; 100 if it is not dimmed. */
  readonly dimPicture: (percent: number) => void;
  readonly log: Logger;
}

/** The screen's brightness: by the backlight if it can be set, otherwise by dimming the page. */
export class BrightnessControl implements Service {
  readonly name = 'brightness';
  readonly #options: BrightnessControlOptions;
  #backlight: Backlight | undefined;

  constructor(options: BrightnessControlOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#backlight = await this.#options.find();
    await this.set(this.#options.brightness);
  }

  /** Leaves the backlight as it is. */
  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** What it controls. */
  dims(): 'backlight' | 'picture' {
    return this.#backlight === undefined ? 'picture' : 'backlight';
  }

  /** @param percent 1–100 */
  async set(percent: number): Promise<void> {
    try {
      await this.#backlight?.set(percent);
    } catch (error) {
      const fields = { code: codeOf(error), error: describe(error) };
      this.#options.log.warn(fields, 'cannot set the backlight: dimming in software instead');
      this.#backlight = undefined;
    }
    this.#options.dimPicture(this.#backlight === undefined ? percent : 100);
  }
}
