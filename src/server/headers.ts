/**
 * Headers of every response, including those of socket.io; written here rather than by a package because both servers
 * need them and each header has its reason. `'self'` covers the WebSocket of the same host in our Chromium. No HSTS:
 * plain HTTP on loopback is the rule, and TLS is up to the proxy that adds it.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "font-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), payment=()',
  // Keeps patient data and images out of every cache; the screen's hashed files override it.
  'cache-control': 'no-store',
};
