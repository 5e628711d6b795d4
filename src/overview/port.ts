import type { EncodedImage } from '../lib/image-signature.ts';
import type { OverviewView, StoredOverview } from '../protocol/overview.ts';

/**
 * The overview image that is being taken, one at a time. Every method throws KioskError `overview/gone` for another one
 * than the current.
 */
export interface OverviewControl {
  current(): OverviewView | undefined;
  isOpen(): boolean;
  onChange(listener: () => void): () => void;
  /**
   * Begins one of a lesion: nothing is taken before a press.
   *
   * @throws KioskError `overview/under-way`; `session/busy` during a session; `practice/on`; `picture/not-kept` if no image is stored;
   *   `lesion/unknown`, `lesion/closed`
   */
  open(lesion: string): OverviewView;
  /**
   * Takes the image, again if one is held; it is there, or why not, once the state changes.
   *
   * @param at time of the press, monotonic, ms
   * @throws KioskError `overview/under-way` while one is taken or stored
   */
  press(at: number): { readonly id: string };
  /** The same from a file. @throws KioskError as `press`, the errors of `read`, and those of a file that is no image */
  receive(id: string, read: () => Promise<EncodedImage>): Promise<OverviewView>;
  /** The held image. */
  shot(id: string, shot: number): EncodedImage;
  /** Drops the held image. */
  again(id: string): OverviewView;
  /**
   * Stores the held image with the lesion, never with another one: the patient has consented, where that is asked for.
   *
   * @param shot the one that was seen
   * @param operator who keeps it, if somebody had to unlock
   * @throws KioskError as the image store
   */
  keep(id: string, shot: number, operator?: string): Promise<StoredOverview>;
  cancel(id: string): void;
}
