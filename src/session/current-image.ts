import { codeOf, describe } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { KeptMask } from '../protocol/http.ts';
import type { ImageStore, ImageWithMask } from '../retention/port.ts';
import type { EncodedImage } from '../lib/image-signature.ts';

/**
 * The one frame that is classified and shown, with its mask. It is dropped when its result is closed; stored images are
 * in the image store.
 */
export class CurrentImage {
  readonly #images: ImageStore;
  readonly #log: Logger;
  #held: ImageWithMask | undefined;

  constructor({ images, log }: { readonly images: ImageStore; readonly log: Logger }) {
    this.#images = images;
    this.#log = log;
  }

  get held(): ImageWithMask | undefined {
    return this.#held;
  }

  hold(picture: EncodedImage | undefined): void {
    this.#held = picture && { picture };
  }

  /** A session that was aborted while its lesion was outlined has already dropped its image. */
  addMask(picture: EncodedImage | undefined, mask: KeptMask | undefined): void {
    if (picture !== undefined && this.#held?.picture === picture && mask !== undefined)
      this.#held = { picture, mask };
  }

  drop(): void {
    this.#held = undefined;
  }

  /** If the setting stores every result's image. A result is shown whether or not its image can be stored. */
  keepIfAlways(session: string): void {
    if (this.#images.policy.mode === 'always' && this.#held !== undefined)
      this.#beside(session, this.#images.keep(session, this.#held, 'setting'));
  }

  removeDiscarded(session: string): void {
    this.#beside(session, this.#images.remove(session, 'discarded'));
  }

  #beside(session: string, keeping: Promise<unknown>): void {
    keeping.catch((error: unknown) => {
      const fields = { session, code: codeOf(error), error: describe(error) };
      this.#log.error(fields, 'could not store or delete the image');
    });
  }
}
