import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { PDF_WORKER_POLICY, SECURITY_HEADERS } from '../security/content-security-policy.ts';

/** Kinds of file that the bundle has; anything else is not served. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
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

/** A file of the compiled renderer. */
export async function serveBundle(root: string, pathname: string): Promise<Response> {
  const type = CONTENT_TYPES.get(extname(pathname));
  const bytes =
    PATH.test(pathname) && type ? await readFile(join(root, pathname)).catch(() => undefined) : undefined;
  if (!bytes || !type) return new Response(null, { status: 404, headers: SECURITY_HEADERS });
  const policy = PDF_WORKER.test(pathname) ? { 'content-security-policy': PDF_WORKER_POLICY } : {};
  const headers = { ...SECURITY_HEADERS, ...policy, 'content-type': type };
  return new Response(new Uint8Array(bytes), { headers });
}
