#!/usr/bin/env node
// The launcher only reports what is missing; the program is dist/main.js, compiled from src/main.ts. Like require-node.js it must
// parse on old Node versions, or that file's message would not be seen.
import './require-node.js';
import { existsSync } from 'fs';

const program = new URL('../dist/main.js', import.meta.url);
if (!existsSync(program)) {
  console.error('The kiosk has not been built yet. Run: npm run build (npm start does this automatically).');
  process.exit(1);
}
// A rejection ends the process with its stack, as with a static import.
import(program.href);
