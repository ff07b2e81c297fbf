import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { appHandler } from './app-handler.ts';
import { DocumentGrants } from './grants.ts';

describe('app:// of the signer', () => {
  let get: (url: string) => Promise<Response>;
  let grants: DocumentGrants;

  beforeEach(async () => {
    const root = await mkdtemp(join(tmpdir(), 'bundle-'));
    await mkdir(join(root, 'assets'));
    await writeFile(join(root, 'signer.html'), '<meta nonce="CSP_NONCE">');
    await writeFile(join(root, 'clerk.html'), 'clerk');
    await writeFile(join(root, 'assets', 'a.js'), 'export {}');
    await writeFile(join(root, 'secret.txt'), 'secret');
    await writeFile(join(root, '..', 'outside.js'), 'outside');
    grants = new DocumentGrants();
    const handler = appHandler('signer', root, grants);
    get = (url) => handler(new Request(url));
  });

  it('serves its page with a nonce that no other answer has', async () => {
    const [first, second] = [await get('app://signer/signer.html'), await get('app://signer/signer.html')];
    const body = await first.text();
    expect(body).toMatch(/^<meta nonce="[\w-]{22}">$/);
    expect(first.headers.get('content-security-policy')).toContain(body.slice(13, 35));
    expect(await second.text()).not.toBe(body);
  });

  it('serves its scripts', async () => {
    expect((await get('app://signer/assets/a.js')).headers.get('content-type')).toContain('javascript');
  });

  it.each([
    'app://signer/clerk.html',
    'app://clerk/clerk.html',
    'app://signer/secret.txt',
    'app://signer/../outside.js',
    'app://signer/%2e%2e/outside.js',
    'app://signer/..%2foutside.js',
    'app://signer/assets\\..\\..\\outside.js',
    'app://signer/assets/a.js%00.html',
    'app://signer/documents/doc_00000000000000000000000000000000',
    'app://signer/documents/../clerk.html',
  ])('does not serve %s, and still sends the policy', async (url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('serves a document under the name that was given out to this window, until it is taken back', async () => {
    const id = grants.grant({ path: resolve('test/corpus/pdftex.pdf'), bytes: 100 });
    expect(new DocumentGrants().file(id)).toBeUndefined();
    expect((await get(`app://signer/documents/${id}`)).status).toBe(200);
    grants.revokeAll();
    expect((await get(`app://signer/documents/${id}`)).status).toBe(404);
  });
});
