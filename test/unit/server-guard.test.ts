import { describe, expect, it } from 'vitest';
import { Guard } from '../../src/server/guard.ts';

function guardOf(
  settings: { host?: string; allowedHosts?: string; address?: string; port?: number } = {},
): Guard {
  const { host = '127.0.0.1', allowedHosts = '', address = '127.0.0.1', port = 8080 } = settings;
  const guard = new Guard({ host, allowedHosts });
  guard.bound({ address, port });
  return guard;
}

describe('the Host allow-list', () => {
  it.each(['localhost', 'localhost:8080', '127.0.0.1:8080', '[::1]:8080', 'LocalHost:8080'])(
    'contains %s',
    (host) => {
      expect(guardOf().allowsHost({ host })).toBe(true);
    },
  );

  it.each([
    'evil.example',
    'evil.example:8080',
    'localhost.evil.example:8080',
    'localhost:8081',
    'localhost:8080@evil.example',
    '127.0.0.1.evil.example',
    '0.0.0.0:8080',
    '',
    undefined,
  ])('does not contain %s', (host) => {
    expect(guardOf().allowsHost({ host })).toBe(false);
  });

  it('contains the bound address and the configured names, but not the wildcard address', () => {
    const guard = guardOf({
      host: '0.0.0.0',
      allowedHosts: ' Kiosk.Clinic , 10.1.2.3,fd00::5',
      address: '0.0.0.0',
    });
    expect(guard.allowsHost({ host: 'kiosk.clinic' })).toBe(true);
    expect(guard.allowsHost({ host: '10.1.2.3:8080' })).toBe(true);
    expect(guard.allowsHost({ host: '[fd00::5]:8080' })).toBe(true);
    expect(guard.allowsHost({ host: '0.0.0.0:8080' })).toBe(false);
    expect(guardOf({ host: 'fd00::7', address: 'fd00::7' }).allowsHost({ host: '[fd00::7]:8080' })).toBe(
      true,
    );
  });

  it('is empty until the port is known', () => {
    const guard = new Guard({ host: '127.0.0.1', allowedHosts: '' });
    expect(guard.allowsHost({ host: 'localhost' })).toBe(false);
    expect(guard.allowsOrigin({ origin: 'http://localhost' })).toBe(false);
  });
});

describe('the Origin allow-list', () => {
  it.each(['http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080'])(
    'contains %s',
    (origin) => {
      expect(guardOf().allowsOrigin({ origin })).toBe(true);
    },
  );

  it.each([
    'http://localhost',
    'http://localhost:3000',
    'https://localhost:8080',
    'http://evil.example:8080',
    'http://localhost:8080.evil.example',
    'null',
    '',
  ])('does not contain %s', (origin) => {
    expect(guardOf().allowsOrigin({ origin })).toBe(false);
  });

  it('contains the origin without a port for the default port', () => {
    expect(guardOf({ port: 80 }).allowsOrigin({ origin: 'http://localhost' })).toBe(true);
  });

  it('contains a configured name with https, for a proxy in front', () => {
    const guard = guardOf({ allowedHosts: 'kiosk.clinic' });
    expect(guard.allowsOrigin({ origin: 'https://kiosk.clinic' })).toBe(true);
    expect(guard.allowsOrigin({ origin: 'https://kiosk.clinic.evil.example' })).toBe(false);
  });

  it('allows a program without an Origin, and a browser only from its own pages', () => {
    const guard = guardOf();
    expect(guard.allowsOrigin({})).toBe(true);
    expect(guard.allowsOrigin({ 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(guard.allowsOrigin({ 'sec-fetch-site': 'none' })).toBe(true);
    expect(guard.allowsOrigin({ 'sec-fetch-site': 'same-site' })).toBe(false);
    expect(guard.allowsOrigin({ 'sec-fetch-site': 'cross-site' })).toBe(false);
    expect(guard.allowsOrigin({ origin: 'http://localhost:8080', 'sec-fetch-site': 'cross-site' })).toBe(
      false,
    );
  });
});
