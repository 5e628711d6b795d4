import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { variableOf, type Environment } from '../config/load.ts';
import { isPinned } from '../config/saved-settings.ts';
import { writeDurablySync } from '../lib/durable-file.ts';
import { describe } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import { GUIDE_STEPS, type GuideStep, type GuideView } from '../protocol/guide.ts';
import { USER_SETTINGS } from '../protocol/settings.ts';
import type { GuideControl } from './port.ts';

export interface GuideOptions {
  readonly dataDir: string;
  readonly env: Environment;
  /** Whether the guide is to be shown: a kiosk that was in use before is set up already. */
  readonly isFirstRun: boolean;
  readonly log: Logger;
}

/** The step of the first-run guide, kept in a file, so that a restart resumes it where it was left. */
export class Guide implements GuideControl {
  readonly #options: GuideOptions;
  #step: GuideStep | null;

  constructor(options: GuideOptions) {
    this.#options = options;
    const saved = savedStep(this.#file());
    this.#step = saved === undefined && options.isFirstRun ? GUIDE_STEPS[0] : (saved ?? null);
    // The next start is no first run any more, whether or not anything was done in the guide.
    if (saved === undefined && options.isFirstRun) this.#save();
  }

  step(): GuideStep | null {
    return this.#step;
  }

  fixed(): GuideView['fixed'] {
    const { env } = this.#options;
    return USER_SETTINGS.filter((setting) => isPinned(env, setting)).map((setting) => ({
      setting,
      variable: variableOf(setting),
    }));
  }

  go(step: GuideStep | null): void {
    this.#step = step;
    this.#save();
  }

  /** A guide that cannot be saved is still usable; after a restart it resumes at an earlier step. */
  #save(): void {
    try {
      writeDurablySync(this.#file(), `${JSON.stringify({ step: this.#step })}\n`);
    } catch (error) {
      this.#options.log.warn({ error: describe(error) }, 'the step of the guide cannot be saved');
    }
  }

  #file(): string {
    return join(this.#options.dataDir, 'guide.json');
  }
}

/** `undefined` if there is none, or none that this version knows. */
function savedStep(file: string): GuideStep | null | undefined {
  try {
    const { step } = JSON.parse(readFileSync(file, 'utf8')) as { readonly step?: unknown };
    if (step === null) return null;
    return GUIDE_STEPS.find((known) => known === step);
  } catch {
    return undefined;
  }
}
