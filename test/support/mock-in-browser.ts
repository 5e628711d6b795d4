import type { Page } from 'playwright-core';
import type { TestContext } from 'vitest';
import { startMock } from '../../kiosk-ui/dev/mock-service.mjs';
import { sharedBrowserForPages } from './browser.ts';

export interface MockScreen {
  readonly page: Page;
  readonly url: string;
  /** Sends a scene of `kiosk-ui/dev/scenes.mjs`. */
  readonly show: (scene: string) => Promise<void>;
}

export type MockOpening = (
  context: TestContext,
  options?: {
    readonly hasTouch?: boolean;
    /** Called before the page is loaded. */
    readonly prepare?: (page: Page) => unknown;
  },
) => Promise<MockScreen>;

/** For the tests of a `describe`: opens the screen of 800 × 480 on the mock service. Everything ends with the test. */
export function mockInBrowser(): MockOpening {
  let mock: { readonly url: string; close(): Promise<unknown> } | undefined;
  const browserOf = sharedBrowserForPages(async () => {
    await mock?.close();
    mock = undefined;
  });
  return async (context, { hasTouch = false, prepare } = {}) => {
    const browser = browserOf(context);
    mock = await startMock();
    const { url } = mock;
    const page = await browser.newPage({ viewport: { width: 800, height: 480 }, hasTouch });
    await prepare?.(page);
    await page.goto(url);
    await page.waitForSelector('body[data-screen=ready]');
    const show = async (scene: string): Promise<void> => {
      await fetch(`${url}/mock/scene/${scene}`);
    };
    return { page, url, show };
  };
}
