/**
 * What a page of the station may load: its own files and nothing else. Sent with every response of the
 * app:// handler, errors included.
 */
const POLICY: Readonly<Record<string, string>> = Object.freeze({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'font-src': "'self'",
  'img-src': "'self' blob: data:",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
});

const format = (policy: Readonly<Record<string, string>>): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

export const CONTENT_SECURITY_POLICY = format(POLICY);

/** A page may add style elements that carry the nonce of its own answer; the component library does. */
export const pagePolicy = (nonce: string): string =>
  format({ ...POLICY, 'style-src': `'self' 'nonce-${nonce}'` });

/** The worker that decodes PDFs (a worker has the policy of its own answer) compiles pdf.js's image decoders. */
export const PDF_WORKER_POLICY = format({ ...POLICY, 'script-src': "'self' 'wasm-unsafe-eval'" });

/** Headers of every response, whatever its kind. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});
