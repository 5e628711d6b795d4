// Writes docs/api/openapi.json, docs/api/asyncapi.json and the screen's checks of what it receives from the code, so that they cannot
// differ. Usage: npm run api [-- --check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { asyncApi } from './api/asyncapi.mjs';
import { guards } from './api/guards.mjs';
import { openApi } from './api/openapi.mjs';

const json = (document) => `${JSON.stringify(document, undefined, 2)}\n`;

const files = {
  'docs/api/openapi.json': json(await openApi()),
  'docs/api/asyncapi.json': json(asyncApi()),
  'kiosk-ui/src/connection/answers.ts': await guards(),
};

for (const [name, text] of Object.entries(files)) {
  const file = new URL(`../${name}`, import.meta.url);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${name} differs from the code. Cure: npm run api`);
    process.exitCode = 1;
  }
}
