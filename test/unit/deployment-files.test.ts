import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Contract } from '@balena/contrato';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig, variableOf } from '../../src/config/load.ts';
import { ConfigSchema } from '../../src/config/schema.ts';

const read = (name: string): string => readFileSync(join(import.meta.dirname, '..', '..', name), 'utf8');

interface Service {
  readonly [field: string]: unknown;
  readonly build: { readonly dockerfile: string };
  readonly user: string;
  readonly devices: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck: { readonly test: readonly string[] };
  readonly labels: Readonly<Record<string, string>>;
}
interface Fleet {
  readonly type: string;
  readonly data: {
    readonly defaultDeviceType: string;
    readonly supportedDeviceTypes: readonly string[];
    readonly applicationEnvironmentVariables: readonly Readonly<Record<string, string>>[];
  };
}

const fleet = parse(read('balena.yml')) as Fleet;
const variables = Object.assign({}, ...fleet.data.applicationEnvironmentVariables) as Record<string, string>;
const { services } = parse(read('docker-compose.yml')) as { services: Record<string, Service> };
const each = Object.entries(services);
const { kiosk, browser } = services as { kiosk: Service; browser: Service };

/** balena's supervisor creates its own locks as this user, nobody, and removes every lock of this user. */
const SUPERVISORS_LOCK_USER = '65534';

/** Fields that balena supports, https://docs.balena.io/reference/supervisor/docker-compose, as far as they are used here. */
const BALENA_FIELDS = [
  ...['build', 'cap_drop', 'depends_on', 'devices', 'environment', 'healthcheck', 'labels', 'network_mode'],
  ...[
    'read_only',
    'restart',
    'security_opt',
    'shm_size',
    'stop_grace_period',
    'stop_signal',
    'tmpfs',
    'user',
  ],
  'volumes',
];

describe('balena.yml', () => {
  it('lists every setting once, with its description above it', () => {
    const lines = read('balena.yml').split('\n');
    for (const [setting, { description }] of Object.entries<{ description?: string }>(
      ConfigSchema.properties,
    )) {
      const at = lines.flatMap((line, i) => (line.includes(`- ${variableOf(setting)}:`) ? [i] : []));
      expect([setting, at.length]).toEqual([setting, 1]);
      expect(lines[at[0]! - 1]).toContain(`# ${String(description)}`);
    }
  });

  it('sets variables with which the container can start on real hardware', () => {
    const config = loadConfig({ ...variables, ...kiosk.environment });
    expect(config).toMatchObject({ camera: 'auto', button: 'auto', host: '127.0.0.1', dataDir: '/data' });
  });

  it('sets no variable that balena or the containers set', () => {
    expect(Object.values(variables)).not.toContain('');
    for (const name of ['KIOSK_UPDATE_LOCK', ...Object.keys(kiosk.environment ?? {})])
      expect(variables).not.toHaveProperty(name);
  });

  it('is a contract of an application with boards that can all run both services', () => {
    const [application] = Contract.build(fleet);
    expect(application?.raw).toMatchObject({ type: 'sw.application' });
    expect(fleet.data.supportedDeviceTypes).toContain(fleet.data.defaultDeviceType);
    for (const board of fleet.data.supportedDeviceTypes)
      for (const [name, service] of each)
        expect([board, name, runsOn(service, board, 'aarch64')]).toEqual([board, name, true]);
  });

  it('does not allow them on a board with another processor', () => {
    expect(runsOn(kiosk, 'raspberry-pi', 'rpi')).toBe(false);
  });
});

/** Whether balena installs a service on a board: its labels are the requirements of a contract that the board's must meet. */
function runsOn({ labels }: Service, board: string, processor: string): boolean {
  const prefix = 'io.balena.features.requires.';
  const required = Object.entries(labels).filter(([name]) => name.startsWith(prefix));
  const requires = required.map(([name, slug]) => ({ type: name.slice(prefix.length), slug }));
  expect(requires.length).toBeGreaterThan(0);
  const device = new Contract({
    ...{ type: 'meta.universe', slug: 'device', version: '1' },
    children: [
      { type: 'hw.device-type', slug: board, version: '1' },
      { type: 'arch.sw', slug: processor, version: '1' },
    ],
  });
  return device.satisfiesChildContract(new Contract({ type: 'sw.container', slug: 'service', requires }));
}

describe('docker-compose.yml', () => {
  it('uses only fields that balena supports', () => {
    for (const [name, service] of each)
      expect([name, Object.keys(service).filter((field) => !BALENA_FIELDS.includes(field))]).toEqual([
        name,
        [],
      ]);
    // Short syntax and named volumes only.
    for (const volume of each.flatMap(([, { volumes = [] }]) => volumes))
      expect(volume).toMatch(/^[\w-]+:\//);
  });

  it.each(each)('sandboxes the service %s', (_, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], restart: 'always' });
    expect(service.security_opt).toContain('no-new-privileges:true');
    expect(service).not.toHaveProperty('privileged');
    for (const device of service.devices) expect(device).toMatch(/^(\/dev\/[a-z0-9]+):\1:rw?$/);
    const [user] = service.user.split(':');
    expect([SUPERVISORS_LOCK_USER, '0', 'root', '']).not.toContain(user);
  });

  it('gives the kiosk its GPIO, camera and input devices, and runs the services as different users', () => {
    const named = kiosk.devices.map((device) => device.split(':')[0]);
    expect(named).toEqual(['/dev/gpiochip0', '/dev/video0', '/dev/input']);
    expect(kiosk.user).not.toBe(browser.user);
  });

  it('downloads a release before it stops the current one, and allows time for a clean stop', () => {
    for (const [, { labels }] of each) {
      expect(labels['io.balena.update.strategy']).toBe('download-then-kill');
      expect(labels['io.balena.features.udev']).toBe('1');
    }
    expect(kiosk.stop_grace_period).toBe('15s');
  });

  it('checks liveness, not readiness', () => {
    expect(kiosk.healthcheck.test.slice(-2)).toEqual(['/opt/kiosk/docker/health.mjs', 'live']);
  });

  it('runs each service as the user of its image', () => {
    for (const [, { build, user }] of each) expect(read(build.dockerfile)).toContain(`\nUSER ${user}\n`);
  });
});
