#!/usr/bin/env node
// The launcher only says what is missing; the program is dist/main.js, compiled from src/main.ts.
import { existsSync } from 'node:fs';

const program = new URL('../dist/main.js', import.meta.url);
if (!existsSync(program)) {
  console.error('The kiosk is not built yet. Cure: npm run build (npm start does it by itself).');
  process.exit(1);
}
await import(program.href);
