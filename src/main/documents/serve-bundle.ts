import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { PDF_WORKER_POLICY, pagePolicy, SECURITY_HEADERS } from '../security/content-security-policy.ts';

/** Kinds of file that the bundle has; anything else is not served. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.gif', 'image/gif'],
  ['.wasm', 'application/wasm'],
  ['.ttf', 'font/ttf'],
  ['.woff2', 'font/woff2'],
  ['.pfb', 'application/octet-stream'],
  ['.bcmap', 'application/octet-stream'],
  ['.icc', 'application/vnd.iccprofile'],
]);

/** Plain names only: no dot at the start of a segment (hence no `..`), no escapes, no backslash. */
const PATH = /^(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/;

const PDF_WORKER = /^\/assets\/pdf\.worker[A-Za-z0-9_.-]*\.mjs$/;

/** Stands in the compiled pages where the nonce of each response goes (`html.cspNonce` of the build). */
const NONCE_PLACEHOLDER = 'CSP_NONCE';

/** A file of the compiled renderer. */
export async function serveBundle(root: string, pathname: string): Promise<Response> {
  const type = CONTENT_TYPES.get(extname(pathname));
  const isServed = PATH.test(pathname) && type !== undefined;
  const bytes = isServed ? await readFile(join(root, pathname)).catch(() => undefined) : undefined;
  if (!bytes || !type) return new Response(null, { status: 404, headers: SECURITY_HEADERS });
  const headers: Record<string, string> = { ...SECURITY_HEADERS, 'content-type': type };
  if (pathname.endsWith('.html')) {
    const nonce = randomBytes(16).toString('base64url');
    const page = bytes.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce);
    return new Response(page, { headers: { ...headers, 'content-security-policy': pagePolicy(nonce) } });
  }
  if (PDF_WORKER.test(pathname)) headers['content-security-policy'] = PDF_WORKER_POLICY;
  return new Response(new Uint8Array(bytes), { headers });
}
