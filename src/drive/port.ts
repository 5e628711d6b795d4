import type { EncodedImage } from '../lib/image-signature.ts';
import type { DrivePage } from '../protocol/http.ts';

/**
 * The image files on a USB drive. A listing is taken once and has a random id; its files are addressed by number, never
 * by a name or path. A new listing replaces the previous one.
 */
export interface ImageDrive {
  /**
   * @returns the newest files
   * @throws KioskError `drive/no-medium`, `drive/no-pictures`, `drive/unreadable`
   */
  list(): Promise<DrivePage>;
  /**
   * @param from the `next` of the page before
   * @throws KioskError `drive/changed` if the listing is not the last one; as `list`
   */
  page(listing: string, from: number): Promise<DrivePage>;
  /** @throws KioskError `drive/changed` also for a file that was replaced, `picture/too-large`; as `list` */
  read(listing: string, file: number): Promise<EncodedImage>;
}
