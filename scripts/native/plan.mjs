/**
 * Decides what to do on this machine; pure. The wheels are pinned to one file each: the library is extracted from TensorFlow's
 * Python package because tfjs-node's own source cannot be reached from many networks, and is years old for arm64.
 */
export const LIBRARY_VERSION = '2.15.1';

const WHEELS = {
  x64: {
    requirement: `tensorflow-cpu==${LIBRARY_VERSION}`,
    sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
    file: `tensorflow_cpu-${LIBRARY_VERSION}-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`,
    machine: 'x86_64',
  },
  arm64: {
    requirement: `tensorflow-cpu-aws==${LIBRARY_VERSION}`,
    sha256: 'd4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e',
    file: `tensorflow_cpu_aws-${LIBRARY_VERSION}-cp311-cp311-manylinux_2_17_aarch64.manylinux2014_aarch64.whl`,
    machine: 'aarch64',
  },
};

/**
 * @param {{ platform: string, arch: string, glibc: string | undefined, skip: boolean, omitted: boolean }} facts
 * @returns {{ skip: string } | { wheel: typeof WHEELS.x64 }} `skip` is the reason why nothing is to be done
 */
export function planFor({ platform, arch, glibc, skip, omitted }) {
  if (skip) return { skip: 'skipped, because KIOSK_SKIP_NATIVE is set' };
  if (omitted) return { skip: 'skipped, because optional packages are omitted' };
  const wheel = platform === 'linux' ? WHEELS[arch] : undefined;
  if (wheel === undefined) return { skip: `skipped: there is no pinned library for ${platform} on ${arch}` };
  if (glibc === undefined)
    return { skip: 'skipped: the library needs glibc, which this system does not use' };
  return { wheel };
}

/** Variables that make pip and its HTTP library use a proxy; also in lower case. */
const PROXY_VARIABLES = ['HTTPS_PROXY', 'ALL_PROXY'];

/** What was staged, and for what; while it is unchanged and the files exist, nothing is to be done. */
export function stampOf({ arch, abi, tfjsNode }) {
  return { library: LIBRARY_VERSION, arch, abi, tfjsNode };
}

export function sameStamp(a, b) {
  return Object.keys(b).every((key) => a?.[key] === b[key]);
}

/** `--require-hashes` makes pip reject every other file. */
export function requirementsOf(wheel) {
  return `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`;
}

/**
 * pip should work wherever npm does: npm's proxy and certificates as variables for pip, unless pip has its own settings.
 *
 * @param {NodeJS.ProcessEnv} env as npm sets it for the scripts it runs
 * @param {string} pipConfig what `pip config list` prints
 */
export function npmSettingsForPip(env, pipConfig) {
  const proxy = env.npm_config_https_proxy || env.npm_config_proxy;
  const cafile = env.npm_config_cafile;
  const hasProxy =
    /^\S+\.proxy=/m.test(pipConfig) || PROXY_VARIABLES.some((name) => env[name] || env[name.toLowerCase()]);
  const hasCertificates = /^\S+\.cert=/m.test(pipConfig) || env.REQUESTS_CA_BUNDLE || env.CURL_CA_BUNDLE;
  return {
    ...(proxy && !hasProxy ? { PIP_PROXY: proxy } : {}),
    // npm puts an empty line between the entries of a list.
    ...(proxy && !hasProxy && env.npm_config_noproxy
      ? { NO_PROXY: env.npm_config_noproxy.split(/[\s,]+/).join(',') }
      : {}),
    ...(cafile && !hasCertificates ? { PIP_CERT: cafile } : {}),
  };
}

export function pipArgumentsOf(wheel, requirements, folder) {
  const target = [
    '--platform',
    `manylinux_2_17_${wheel.machine}`,
    '--platform',
    `manylinux2014_${wheel.machine}`,
  ];
  const python = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'];
  const quiet = [
    '--quiet',
    '--disable-pip-version-check',
    '--no-cache-dir',
    '--retries',
    '2',
    '--timeout',
    '20',
  ];
  const pinned = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--requirement', requirements];
  return ['-m', 'pip', 'download', ...quiet, ...pinned, ...target, ...python, '--dest', folder];
}
