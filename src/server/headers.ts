/**
 * Headers of every answer, those of socket.io included; written here rather than taken from a package because both servers need
 * them and each has its reason. `'self'` covers the WebSocket of the same host in the Chromium we run. No HSTS: plain HTTP on
 * loopback is the rule, and TLS is the business of the proxy that adds it.
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
  // Patients' numbers and pictures stay out of every cache; the screen's hashed files say otherwise for themselves.
  'cache-control': 'no-store',
};
