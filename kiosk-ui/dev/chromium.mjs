import { chromium } from 'playwright-core';

/** Debian's Chromium with a fresh profile, as the tests launch it (test/support/browser.ts). */
export function launchChromium() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
