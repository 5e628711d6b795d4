import type { KeptMask, KeptPicture } from '../protocol/http.ts';
import type { RetentionMode } from '../protocol/retention.ts';

export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: 'image/jpeg' | 'image/png';
}

/** A picture with the mask that was found on its centre square, where the model gives one. */
export interface PictureWithMask {
  readonly picture: Picture;
  readonly mask?: KeptMask;
}

/** By whose word a picture is kept. */
export type KeptBy = 'consent' | 'setting';

/** Why one is gone: its time was over, the consent was taken back, the result was discarded. */
export type GoneBecause = 'due' | 'withdrawn' | 'discarded';

/**
 * Pictures beyond their result: encrypted, for some days, then gone. Every method throws KioskError `picture/no-room`, `picture/key-lost`,
 * `picture/kept-damaged`, `picture/not-kept`, `store/read-only` or `store/failed`.
 */
export interface PictureKeeper {
  readonly policy: { readonly mode: RetentionMode; readonly days: number };
  /** On the disk and in the journal when it settles; keeping one that is kept already changes nothing. */
  keep(sessionId: string, content: PictureWithMask, by: KeptBy): Promise<void>;
  /** What is kept of a session now. */
  kept(sessionId: string): KeptPicture | undefined;
  /** `undefined` where nothing is kept. */
  read(sessionId: string): Promise<PictureWithMask | undefined>;
  /** Gone from the disk when it settles. @returns whether there was one */
  remove(sessionId: string, because: GoneBecause): Promise<boolean>;
  /** Called when a session's picture has come or gone. */
  onChange(listener: (sessionId: string) => void): () => void;
}
