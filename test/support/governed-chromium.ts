import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const POLICY = join(import.meta.dirname, '..', '..', 'systemd', 'chromium-policy.json');

/** Where Debian's Chromium looks for policies; the folder exists on a machine that has it. */
const POLICIES = '/etc/chromium';

export async function shippedPolicy(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(POLICY, 'utf8')) as Record<string, unknown>;
}

/**
 * A Chromium that sees these policies, in a mount namespace of its own: this machine's policies stay unchanged.
 *
 * @param folder for the policies and the program
 * @returns the program that starts it
 */
export async function governedChromium(folder: string, policies: object): Promise<string> {
  await mkdir(join(folder, 'etc/policies/managed'), { recursive: true });
  await writeFile(join(folder, 'etc/policies/managed/kiosk.json'), JSON.stringify(policies));
  const program = join(folder, 'chromium');
  const inside = `mount --bind ${folder}/etc ${POLICIES} && exec chromium "$@"`;
  await writeFile(
    program,
    `#!/bin/sh\nexec unshare --map-root-user --mount sh -c '${inside}' chromium "$@"\n`,
  );
  await chmod(program, 0o755);
  return program;
}
