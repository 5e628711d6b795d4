import type { Button, Press } from '../port.ts';

/** A button without hardware: pressed over HTTP, by the key on the screen, or by a Unix signal. */
export class VirtualButton implements Button {
  readonly driver = 'virtual';
  #onPress: ((press: Press) => void) | undefined;

  start(onPress: (press: Press) => void): Promise<void> {
    this.#onPress = onPress;
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#onPress = undefined;
    return Promise.resolve();
  }

  /** @param at `Clock.monotonic()` of the press; before `start()` and after `stop()` nothing happens */
  press(at: number): void {
    this.#onPress?.({ at });
  }
}
