import type { EncodedImage } from '../lib/image-signature.ts';
import type { KeptMask, StoredImage } from '../protocol/http.ts';
import type { RetentionMode } from '../protocol/retention.ts';

/** A picture with the mask that was found on its centre square, where the model gives one. */
export interface ImageWithMask {
  readonly picture: EncodedImage;
  readonly mask?: KeptMask;
}

/** By whose word a picture is kept. */
export type KeepReason = 'consent' | 'setting';

/** Why one is gone: its time was over, the consent was taken back, the result was discarded. */
export type RemovalReason = 'due' | 'withdrawn' | 'discarded';

/**
 * Pictures beyond their result: encrypted, for some days, then gone. Every method throws KioskError `picture/no-room`, `picture/key-lost`,
 * `picture/kept-damaged`, `picture/not-kept`, `store/read-only` or `store/failed`.
 */
export interface ImageStore {
  readonly policy: { readonly mode: RetentionMode; readonly days: number };
  /** On the disk and in the journal when it settles; keeping one that is kept already changes nothing. */
  keep(sessionId: string, content: ImageWithMask, by: KeepReason): Promise<void>;
  /** What is kept of a session now. */
  kept(sessionId: string): StoredImage | undefined;
  /** `undefined` where nothing is kept. */
  read(sessionId: string): Promise<ImageWithMask | undefined>;
  /** Gone from the disk when it settles. @returns whether there was one */
  remove(sessionId: string, because: RemovalReason): Promise<boolean>;
  /** Called when a session's picture has come or gone. */
  onChange(listener: (sessionId: string) => void): () => void;
}
