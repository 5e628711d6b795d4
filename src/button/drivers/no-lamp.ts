import type { Lamp } from '../port.ts';

/** The lamp of a kiosk that has none: the screen and its sounds answer alone. */
export class NoLamp implements Lamp {
  show(): void {
    // There is nothing to light.
  }
}
