import type { IncomingHttpHeaders } from 'node:http';
import { isIPv6 } from 'node:net';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const UNSPECIFIED = ['0.0.0.0', '[::]'];
/** Own pages, and addresses typed or bookmarked by a person. `same-site` is another port of this machine: untrusted. */
const OWN_SITES = ['same-origin', 'none'];

type Headers = Pick<IncomingHttpHeaders, 'host' | 'origin' | 'sec-fetch-site'>;

/**
 * Decides who may access the kiosk. The lists are fixed once the port is bound; until then access is denied. Comparing
 * Host with the Origin of the same request would allow DNS rebinding (both then name the attacker's site), so each has
 * its own list.
 */
export class Guard {
  readonly #configured: { readonly host: string; readonly allowed: readonly string[] };
  #hosts: ReadonlySet<string> = new Set();
  #origins: ReadonlySet<string> = new Set();

  /** @param settings `allowedHosts`: names separated by commas, each with or without a port */
  constructor(settings: { readonly host: string; readonly allowedHosts: string }) {
    this.#configured = { host: settings.host, allowed: listOf(settings.allowedHosts) };
  }

  /** Fixes the lists for the address that the server is actually bound to. */
  bound({ address, port }: { readonly address: string; readonly port: number }): void {
    const { host, allowed } = this.#configured;
    const own = [...LOOPBACK, hostOf(host), hostOf(address)].filter((name) => !UNSPECIFIED.includes(name));
    const names = [...own, ...allowed];
    this.#hosts = new Set(names.flatMap((name) => [name, `${name}:${port}`]));
    const origins = names.map((name) => `http://${name}${port === 80 ? '' : `:${port}`}`);
    // An additional name may belong to a TLS proxy in front, on a different port.
    const proxied = allowed.flatMap((name) => [`https://${name}`, `http://${name}`]);
    this.#origins = new Set([...origins, ...proxied]);
  }

  /** Whether the request was addressed to this kiosk and not, through DNS, to another name. */
  allowsHost({ host }: Headers): boolean {
    return host !== undefined && this.#hosts.has(host.toLowerCase());
  }

  /**
   * Whether a write, or a socket, may come from its stated origin. Programs other than browsers send neither header; a
   * browser sends Origin with every write and every WebSocket.
   */
  allowsOrigin({ origin, 'sec-fetch-site': site }: Headers): boolean {
    if (origin !== undefined && !this.#origins.has(origin.toLowerCase())) return false;
    return typeof site !== 'string' || OWN_SITES.includes(site);
  }
}

function listOf(names: string): string[] {
  return names
    .split(',')
    .map((name) => hostOf(name.trim()))
    .filter((name) => name !== '');
}

/** An address as used in a Host header or a URL. */
export function hostOf(address: string): string {
  return (isIPv6(address) ? `[${address}]` : address).toLowerCase();
}

/** Whether an address that the server is bound to is reached from this machine alone. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}
