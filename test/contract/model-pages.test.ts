import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { shippedBundles } from '../support/engines.ts';
import { FakeTerminal } from '../fakes/terminal.ts';

const PAGES = join(import.meta.dirname, '..', '..', 'docs', 'models');
const CURE = 'the pages in docs/models are not those of the models that ship. Cure: npm run cards';

const models = shippedBundles().map((dir) => basename(dir));

describe('the pages of the models', () => {
  it('are one for each that ships', () => {
    expect(readdirSync(PAGES), CURE).toEqual(models.map((name) => `${name}.md`));
  });

  it.each(models)('say of %s what kiosk card prints', async (name) => {
    const terminal = new FakeTerminal();
    expect(await run(['card', '--model', name], terminal)).toBe(0);
    expect(readFileSync(join(PAGES, `${name}.md`), 'utf8'), CURE).toBe(terminal.printed);
  });
});

describe('kiosk card', () => {
  it('names the folder in which there is no card, and ends with 1', async () => {
    const terminal = new FakeTerminal();
    expect(await run(['card', '--model', 'no/such/bundle'], terminal)).toBe(1);
    expect(terminal.printed).toBe('');
    expect(terminal.complained).toContain('card.json cannot be read in no/such/bundle');
  });

  it('ends with 2 for an option that it does not have', async () => {
    expect(await run(['card', '--modle', 'seed-cnn'], new FakeTerminal())).toBe(2);
  });
});
