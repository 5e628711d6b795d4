/**
 * The display's backlight. Drivers: the kernel's, under /sys/class/backlight. Without one, the screen dims its page
 * instead.
 */
export interface Backlight {
  /** A description of the device. */
  readonly location: string;
  /** @param percent of its full light, 1–100 @throws KioskError `backlight/failed` when it cannot be set */
  set(percent: number): Promise<void>;
}
