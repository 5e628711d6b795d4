import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { About } from '../../src/protocol/http.ts';
import type { View } from '../../src/protocol/view.ts';
import { KioskProcess } from '../support/kiosk-process.ts';

/** A chip that no machine has: the same on a board with a button as on one without GPIO. */
const SETTINGS = {
  KIOSK_BUTTON: 'onoff',
  KIOSK_BUTTON_CHIP: 'no-such-chip',
  KIOSK_LAMP: 'onoff',
  KIOSK_LAMP_CHIP: 'no-such-chip',
};

describe('a kiosk whose button and lamp are unavailable', () => {
  let kiosk: KioskProcess;

  beforeAll(async () => {
    kiosk = await KioskProcess.start(SETTINGS);
  });

  afterAll(() => kiosk.dispose());

  it('works by touch alone, and reports why', async () => {
    const touchOnly = {
      driver: 'onoff',
      state: 'touch-only',
      reason: expect.stringMatching(/no-such-chip|does not offer GPIO/) as string,
    };
    expect((await kiosk.json<View>('/api/view')).body.button).toEqual(touchOnly);
    expect((await kiosk.json<About>('/api/about')).body.view.button).toEqual(touchOnly);
    expect(kiosk.stderr()).toMatch(/"msg":"no lamp"/);
  });

  it('still accepts a press on the screen', async () => {
    const { status } = await kiosk.json('/api/press', { method: 'POST' });
    expect(status).toBe(202);
  });

  it('ignores a double press as it does at the button', async () => {
    const press = () => kiosk.json<{ error?: { code: string } }>('/api/press', { method: 'POST' });
    const answers = await Promise.all([press(), press(), press()]);
    expect(answers.map(({ body }) => body.error?.code)).toContain('session/repeated-press');
  });

  it('exits cleanly', async () => {
    expect(await kiosk.end()).toMatchObject({ code: 0 });
  });
});
