import { release, type } from 'node:os';
import { programIdentity } from '../lib/program-identity.ts';
import type { Versions } from './device-checks.ts';

/** What runs here: for whoever reads a check-up that somebody else sent. */
export function versions(): Versions {
  return {
    program: programIdentity().version,
    node: process.version,
    system: [type(), release(), process.arch],
  };
}
