// Writes docs/api/openapi.json and docs/api/asyncapi.json from the code, so that they cannot differ. Usage: npm run api [-- --check]
import { readFileSync, writeFileSync } from 'node:fs';
import { asyncApi } from './api/asyncapi.mjs';
import { openApi } from './api/openapi.mjs';

const documents = { 'openapi.json': await openApi(), 'asyncapi.json': asyncApi() };

for (const [name, document] of Object.entries(documents)) {
  const file = new URL(`../docs/api/${name}`, import.meta.url);
  const text = `${JSON.stringify(document, undefined, 2)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`docs/api/${name} differs from the code. Cure: npm run api`);
    process.exitCode = 1;
  }
}
