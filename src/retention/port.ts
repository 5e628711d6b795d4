import type { EncodedImage } from '../lib/image-signature.ts';
import type { KeptMask, StoredImage } from '../protocol/http.ts';
import type { StoredOverview } from '../protocol/overview.ts';
import type { RetentionMode } from '../protocol/retention.ts';
import type { CaptureSource } from '../protocol/view.ts';

/** An image with the mask of its centre square, if the model has one. */
export interface ImageWithMask {
  readonly picture: EncodedImage;
  readonly mask?: KeptMask;
}

/** Why an image was stored. */
export type KeepReason = 'consent' | 'setting';

/** Why one was removed: its period ended, consent was withdrawn, or the result was discarded. */
export type RemovalReason = 'due' | 'withdrawn' | 'discarded';

/**
 * Storage of images beyond their result: encrypted, for a limited time. Every method throws KioskError
 * `picture/no-room`, `picture/key-lost`, `picture/kept-damaged`, `picture/not-kept`, `store/read-only` or
 * `store/failed`.
 */
export interface ImageStore {
  readonly policy: { readonly mode: RetentionMode; readonly days: number };
  /** On disk and in the journal when it settles; storing an image again has no effect. */
  keep(sessionId: string, content: ImageWithMask, by: KeepReason): Promise<void>;
  /** The stored image of a session, if any. */
  kept(sessionId: string): StoredImage | undefined;
  /** `undefined` if none is stored. */
  read(sessionId: string): Promise<ImageWithMask | undefined>;
  /**
   * Deleted from disk when it settles.
   *
   * @param operator who did it, if anybody
   * @returns whether there was one
   */
  remove(sessionId: string, because: RemovalReason, operator?: string): Promise<boolean>;
  /** Called when a session's image was stored or removed. */
  onChange(listener: (sessionId: string) => void): () => void;
}

export interface NewOverview {
  readonly id: string;
  readonly lesion: string;
  readonly picture: EncodedImage;
  readonly source: CaptureSource;
  readonly by: KeepReason;
  /** Who keeps it, if somebody had to unlock. */
  readonly operator?: string | undefined;
}

/**
 * The overview images of lesions: in the same folder, under the same key, policy and period as the images of sessions,
 * but never among them. Errors as of `ImageStore`.
 */
export interface OverviewImages {
  /** On disk and in the journal when it settles. */
  keep(overview: NewOverview): Promise<void>;
  /** Those of a lesion, newest first. */
  of(lesion: string): readonly StoredOverview[];
  kept(id: string): StoredOverview | undefined;
  read(id: string): Promise<ImageWithMask | undefined>;
  remove(id: string, because: RemovalReason, operator?: string): Promise<boolean>;
  /** Called with the id of one that was stored or removed. */
  onChange(listener: (id: string) => void): () => void;
}
