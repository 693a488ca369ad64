/**
 * What a page may load and run: itself, and pictures from the bucket. Scripts only those that carry the request's
 * nonce and what these load; workers only from the portal's own files.
 */
export function contentPolicy({
  nonce,
  bucketOrigin,
  development,
}: {
  readonly nonce: string;
  readonly bucketOrigin: string | null;
  readonly development: boolean;
}): string {
  const bucket = bucketOrigin === null ? [] : [bucketOrigin];
  const rules: Record<string, readonly string[]> = {
    'default-src': ["'self'"],
    'script-src': [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      "'wasm-unsafe-eval'",
      ...(development ? ["'unsafe-eval'"] : []),
    ],
    // In development styles come by script, without the nonce.
    'style-src': ["'self'", development ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    // Widths and class colours stand in `style` attributes of what the server renders.
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'blob:', 'data:', ...bucket],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...bucket],
    'worker-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-src': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(rules)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

/** What every page says besides. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};
