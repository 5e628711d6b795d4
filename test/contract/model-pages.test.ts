import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { shippedBundles } from '../support/engines.ts';
import { FakeTerminal } from '../fakes/terminal.ts';

const PAGES = join(import.meta.dirname, '..', '..', 'docs', 'models');
const CURE = 'the pages in docs/models do not match the bundled models. Cure: npm run cards';

const models = shippedBundles().map((dir) => basename(dir));

describe('the model pages', () => {
  it('exist for each bundled model', () => {
    expect(readdirSync(PAGES), CURE).toEqual(models.map((name) => `${name}.md`));
  });

  it.each(models)('contain for %s the output of kiosk card', async (name) => {
    const terminal = new FakeTerminal();
    expect(await run(['card', '--model', name], terminal)).toBe(0);
    expect(readFileSync(join(PAGES, `${name}.md`), 'utf8'), CURE).toBe(terminal.printed);
  });
});

describe('kiosk card', () => {
  it('names the folder without a card, and exits with 1', async () => {
    const terminal = new FakeTerminal();
    expect(await run(['card', '--model', 'no/such/bundle'], terminal)).toBe(1);
    expect(terminal.printed).toBe('');
    expect(terminal.complained).toContain('card.json cannot be read in no/such/bundle');
  });

  it('exits with 2 for an unknown option', async () => {
    expect(await run(['card', '--modle', 'seed-cnn'], new FakeTerminal())).toBe(2);
  });
});
