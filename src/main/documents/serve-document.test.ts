import { readFileSync, statSync } from 'node:fs';
import { copyFile, mkdtemp, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { GrantedFile } from './grants.ts';
import { serveDocument } from './serve-document.ts';

const original = 'test/corpus/pdftex.pdf';
const bytes = readFileSync(original);
const ask = (headers: Record<string, string> = {}, method = 'GET') =>
  new Request('http://any.invalid/documents/x', { method, headers });

describe('a granted document', () => {
  let granted: GrantedFile;
  beforeEach(async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'grant-')), 'copy.pdf');
    await copyFile(original, path);
    granted = { path, bytes: bytes.length, changedAt: statSync(path).mtimeMs };
  });

  it('is served whole without a range', async () => {
    const response = await serveDocument(granted, ask());
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('is served in part with a range, and says which part', async () => {
    const response = await serveDocument(granted, ask({ range: 'bytes=100-299' }));
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes 100-299/${bytes.length}`);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(100, 300))).toBe(true);
  });

  it('ends where the grant ends, although the file goes on', async () => {
    const response = await serveDocument({ ...granted, bytes: 500 }, ask());
    expect((await response.arrayBuffer()).byteLength).toBe(500);
    expect((await serveDocument({ ...granted, bytes: 500 }, ask({ range: 'bytes=500-' }))).status).toBe(416);
  });

  it('is not served any more once the file changed', async () => {
    await utimes(granted.path, new Date(), new Date(Date.now() + 5000));
    expect((await serveDocument(granted, ask())).status).toBe(410);
  });

  it('answers HEAD without a body and refuses every other method', async () => {
    const head = await serveDocument(granted, ask({}, 'HEAD'));
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
    expect((await serveDocument(granted, ask({}, 'POST'))).status).toBe(405);
  });

  it('carries the policy on refusals too', async () => {
    const gone = await serveDocument({ ...granted, path: `${granted.path}.none` }, ask());
    expect(gone.status).toBe(404);
    expect(gone.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
