import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_NAME = /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])(?::[0-9]+)?$/;
const LOOPBACK_ADDRESS = /^(?:::1|(?:::ffff:)?127(?:\.[0-9]{1,3}){3})$/;
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Whether a request comes from this machine, addressed by a loopback name, and no proxy header is present. A browser
 * sends no `Origin` when it only reads, so that a proxy that hides itself is not detected: see `isLocalScreen`.
 */
export function isLocalRequest(headers: IncomingHttpHeaders, remoteAddress: string): boolean {
  const { host = '' } = headers;
  return (
    LOOPBACK_ADDRESS.test(remoteAddress) &&
    LOOPBACK_NAME.test(host.toLowerCase()) &&
    FORWARDED.every((name) => headers[name] === undefined)
  );
}

/**
 * Whether a page is open on the kiosk itself: its connection comes from this machine, the page was loaded by a loopback
 * name, and no proxy header is present. A browser behind a proxy names the proxy in `Origin`, whatever the proxy does
 * to Host.
 */
export function isLocalScreen(headers: IncomingHttpHeaders, remoteAddress: string): boolean {
  const { origin = '' } = headers;
  const [scheme, page = ''] = origin.toLowerCase().split('://');
  return isLocalRequest(headers, remoteAddress) && scheme === 'http' && LOOPBACK_NAME.test(page);
}
