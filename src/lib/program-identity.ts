import { readFileSync } from 'node:fs';

/** Name and licence from the project's manifest. */
export function programIdentity(): { readonly version: string; readonly licence: string } {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
    license: string;
  };
  return { version: manifest.version, licence: manifest.license };
}
