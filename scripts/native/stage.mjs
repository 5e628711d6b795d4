import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, compile, isStaged, placeLibrary, requireCompiler, writeStamp } from './binding.mjs';
import { libraryFolder } from './library.mjs';
import { planFor, stampOf } from './plan.mjs';
import { restorePackage } from './restore.mjs';

const PACKAGE = '@tensorflow/tfjs-node';
const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Installs the native backend of tfjs-node into `root`'s node_modules, or reports why not. Each step leaves either its complete result or
 * something that the next run replaces; the stamp, which tells a later run that nothing is to be done, is written last.
 */
export async function stageNative({ env, say, root = ROOT }) {
  const plan = planFor(factsOf(env));
  if (plan.skip !== undefined) {
    say(plan.skip);
    return;
  }
  const packageDir = join(root, 'node_modules', PACKAGE);
  if (!existsSync(join(packageDir, 'package.json'))) {
    say(`npm dropped ${PACKAGE}; reinstalling it without its install script`);
    await restorePackage(root, PACKAGE, env);
  }
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'));
  const stamp = stampOf({ arch: process.arch, abi: process.versions.modules, tfjsNode: version });
  if (await isStaged(packageDir, stamp)) {
    say('ready (nothing to do)');
    return;
  }
  await requireCompiler(env);
  const library = await libraryFolder({ wheel: plan.wheel, arch: process.arch, env, say });
  say('compiling the binding');
  await placeLibrary(packageDir, library);
  await compile(packageDir, env);
  await check(packageDir, { root, env });
  await writeStamp(packageDir, stamp);
  say('ready');
}

function factsOf(env) {
  if (process.report) process.report.excludeNetwork = true;
  return {
    platform: process.platform,
    arch: process.arch,
    glibc: process.report?.getReport().header.glibcVersionRuntime,
    skip: !['', '0', 'false'].includes(env.KIOSK_SKIP_NATIVE ?? ''),
    omitted: /(?:^|[\s,])optional(?:$|[\s,])/.test(env.npm_config_omit ?? ''),
  };
}
