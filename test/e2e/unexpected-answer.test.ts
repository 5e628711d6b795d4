import { describe, expect, it } from 'vitest';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { EN } from '../../kiosk-ui/src/i18n/en.ts';

type Json = Readonly<Record<string, unknown>>;

describe('a page of the screen', () => {
  const open = kioskInBrowser();

  it('reports a reply that it does not understand, and accepts one with unknown additional fields', async (context) => {
    const { kiosk, page } = await open(context, {});
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const about = (await kiosk.json<Json>('/api/about')).body;
    let answer = '';
    await page.route('**/api/about', (route) =>
      route.fulfill({ contentType: 'application/json', body: answer }),
    );
    const openWith = async (body: string): Promise<void> => {
      answer = body;
      await page.getByRole('button', { name: 'About', exact: true }).tap();
    };
    const isRefused = async (): Promise<void> => {
      await page.getByText(EN['not-understood.message']).waitFor();
      expect(await page.innerText('main')).toContain(EN['not-understood.cure']);
      expect(await page.getByRole('tab').count()).toBe(0);
      await page.getByRole('button', { name: 'Back', exact: true }).tap();
    };

    await page.getByRole('button', { name: 'Menu', exact: true }).tap();
    await openWith(JSON.stringify({ ...about, program: { licence: 'MIT', node: '22' } }));
    await isRefused();
    expect(errors).toEqual(['/api/about: the answer differs from docs/api at /program/version']);

    await openWith('<!doctype html>');
    await isRefused();
    expect(errors.slice(1)).toEqual(['/api/about: the answer differs from docs/api at /']);

    await openWith(JSON.stringify({ ...about, tomorrow: { more: [1] } }));
    await page.getByRole('tab').first().waitFor();
    expect(errors).toHaveLength(2);
  });
});
