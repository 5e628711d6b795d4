import { release, type } from 'node:os';
import { programIdentity } from '../lib/program-identity.ts';
import type { Versions } from './device-checks.ts';

/** The versions in use, for anyone who reads a report sent from elsewhere. */
export function versions(): Versions {
  return {
    program: programIdentity().version,
    node: process.version,
    system: [type(), release(), process.arch],
  };
}
