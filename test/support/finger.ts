import type { Locator, Page } from 'playwright-core';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';

/** Touches one control at a time, as it becomes touchable, and counts them. */
export class Finger {
  readonly #page: Page;
  touches = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  async touch(target: Locator): Promise<void> {
    await this.#page.waitForSelector('body:not([data-settling])');
    await target.tap();
    this.touches += 1;
  }

  /** The button with this text, in English. */
  touchButton(name: keyof typeof DICTIONARIES.en): Promise<void> {
    return this.touch(this.#page.getByRole('button', { name: DICTIONARIES.en[name] as string, exact: true }));
  }
}
