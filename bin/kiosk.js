#!/usr/bin/env node
// The launcher only says what is missing; the program is dist/main.js, compiled from src/main.ts. It parses on old Nodes, as
// require-node.js does, whose sentence would not be seen otherwise.
import './require-node.js';
import { existsSync } from 'fs';

const program = new URL('../dist/main.js', import.meta.url);
if (!existsSync(program)) {
  console.error('The kiosk is not built yet. Cure: npm run build (npm start does it by itself).');
  process.exit(1);
}
// A rejection ends the process with its stack, as of a static import.
import(program.href);
