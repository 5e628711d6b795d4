/** The light behind the display. Drivers: the kernel's, under /sys/class/backlight. Where there is none, the screen dims its picture instead. */
export interface Backlight {
  /** Where it is, for people. */
  readonly location: string;
  /** @param percent of its full light, 1–100 @throws KioskError `backlight/failed` when it cannot be set */
  set(percent: number): Promise<void>;
}
