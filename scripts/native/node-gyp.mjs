import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const PROGRAM = 'node-gyp/bin/node-gyp.js';

/**
 * npm's own copy of node-gyp. npm passes its path to the scripts it runs; without npm, it is searched in the npm beside this Node and in the
 * one on the PATH.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} its path
 */
export function nodeGyp(env) {
  if (env.npm_config_node_gyp) return env.npm_config_node_gyp;
  const beside = join(nodePrefix(), 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const onPath = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'npm'));
  return [env.npm_execpath, beside, ...onPath].map(gypOfNpm).find((path) => path !== undefined);
}

function gypOfNpm(npm) {
  if (!npm || !existsSync(npm)) return undefined;
  try {
    return createRequire(realpathSync(npm)).resolve(PROGRAM);
  } catch {
    return undefined;
  }
}

/** The installation prefix of this Node, such as `/usr`. */
export function nodePrefix() {
  return dirname(dirname(process.execPath));
}
