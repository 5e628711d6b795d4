import { describe, expect, it } from 'vitest';

interface Wheel {
  readonly requirement: string;
  readonly sha256: string;
  readonly file: string;
  readonly machine: string;
}

interface Plan {
  planFor(facts: object): { readonly skip?: string; readonly wheel?: Wheel };
  stampOf(facts: object): object;
  sameStamp(a: unknown, b: object): boolean;
  requirementsOf(wheel: Wheel): string;
  npmSettingsForPip(env: Record<string, string>, pipConfig: string): Record<string, string>;
  pipArgumentsOf(wheel: Wheel, requirements: string, folder: string): string[];
}

// Plain JavaScript, because it runs before anything is installed or compiled.
const plan = (await import(new URL('../../scripts/native/plan.mjs', import.meta.url).href)) as Plan;

const facts = { platform: 'linux', arch: 'x64', glibc: '2.36', skip: false, omitted: false };

describe('the plan for the native backend', () => {
  it.each([
    { arch: 'x64', project: 'tensorflow-cpu==2.15.1', machine: 'x86_64' },
    { arch: 'arm64', project: 'tensorflow-cpu-aws==2.15.1', machine: 'aarch64' },
  ])('selects one pinned wheel on $arch', ({ arch, project, machine }) => {
    const { wheel } = plan.planFor({ ...facts, arch });
    expect(wheel).toMatchObject({ requirement: project, machine });
    expect(wheel?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(wheel?.file).toContain(`${machine}.whl`);
  });

  it.each([
    { name: 'it is disabled', changes: { skip: true }, word: 'KIOSK_SKIP_NATIVE' },
    { name: 'optional packages are left out', changes: { omitted: true }, word: 'omitted' },
    { name: 'there is no library for the processor', changes: { arch: 'riscv64' }, word: 'riscv64' },
    { name: 'there is no library for the system', changes: { platform: 'darwin' }, word: 'darwin' },
    { name: 'the system has no glibc', changes: { glibc: undefined }, word: 'glibc' },
  ])('is skipped with a reason if $name', ({ changes, word }) => {
    const { wheel, skip } = plan.planFor({ ...facts, ...changes });
    expect(wheel).toBeUndefined();
    expect(skip).toContain(word);
  });

  it('allows pip to install only the pinned file', () => {
    const { wheel } = plan.planFor(facts);
    expect(plan.requirementsOf(wheel!)).toBe(`tensorflow-cpu==2.15.1 --hash=sha256:${wheel!.sha256}\n`);
    const args = plan.pipArgumentsOf(wheel!, 'r.txt', 'folder');
    expect(args).toEqual(expect.arrayContaining(['--require-hashes', '--no-deps', '--only-binary=:all:']));
  });

  describe('the npm settings passed to pip', () => {
    const npm = {
      npm_config_https_proxy: 'http://proxy:3128',
      npm_config_noproxy: 'a.example\n\nb.example',
      npm_config_cafile: '/etc/own.pem',
    };

    it('are the proxy and the certificates if pip has none', () => {
      expect(plan.npmSettingsForPip(npm, "global.index-url='x'\n")).toEqual({
        PIP_PROXY: 'http://proxy:3128',
        NO_PROXY: 'a.example,b.example',
        PIP_CERT: '/etc/own.pem',
      });
    });

    it('include npm’s general proxy if there is none for HTTPS', () => {
      expect(plan.npmSettingsForPip({ npm_config_proxy: 'http://other:1' }, '')).toEqual({
        PIP_PROXY: 'http://other:1',
      });
    });

    it.each([
      ['the files of pip', npm, "global.proxy='http://own:1'\nglobal.cert='/own.pem'\n"],
      ['the variables of pip', npm, ":env:.proxy='http://own:1'\n:env:.cert='/own.pem'\n"],
      [
        'the variables of all programs',
        { ...npm, https_proxy: 'http://own:1', REQUESTS_CA_BUNDLE: '/own' },
        '',
      ],
    ])('do not override %s', (_, env, config) => {
      expect(plan.npmSettingsForPip(env, config)).toEqual({});
    });

    it('are empty if npm has no settings', () => {
      expect(plan.npmSettingsForPip({}, '')).toEqual({});
    });
  });

  it('is carried out again only for another Node, processor or package', () => {
    const stamp = plan.stampOf({ arch: 'x64', abi: '115', tfjsNode: '4.22.0' });
    expect(plan.sameStamp(JSON.parse(JSON.stringify(stamp)), stamp)).toBe(true);
    for (const other of [{ abi: '127' }, { arch: 'arm64' }, { tfjsNode: '4.23.0' }]) {
      const changed = plan.stampOf({ arch: 'x64', abi: '115', tfjsNode: '4.22.0', ...other });
      expect(plan.sameStamp(changed, stamp)).toBe(false);
    }
    expect(plan.sameStamp(undefined, stamp)).toBe(false);
  });
});
