import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** Title and description of both documents. */
export const info = (title, what) => ({
  title,
  version,
  description: `${what}

**Research use only.** An adjunct for a trained clinician, for a lesion already judged suspicious; not for screening, not a diagnosis.

**Security.** The kiosk listens on loopback and has no login. Every request must name the kiosk in its \`Host\` header (loopback names, the configured
address and \`KIOSK_ALLOWED_HOSTS\`), or it is answered with 421. Writes and sockets whose \`Origin\` or \`Sec-Fetch-Site\` names another site are answered
with 403; programs that are no browser send neither header. Writes are limited to five a second, twenty at once (429). Whoever opens the kiosk to a network
puts a login and TLS in front of it.

**Compatibility.** The schemas are exact for this version; a later version may add fields.`,
  license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
});
