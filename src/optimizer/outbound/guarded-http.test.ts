import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { GuardedHttp, type GuardedHttpOptions } from './guarded-http.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function call(url: string, options: Partial<GuardedHttpOptions> = {}, maxBytes = 100): Promise<string> {
  const http = new GuardedHttp({ allowLoopback: true, timeout: 1000, ...options });
  try {
    return Buffer.from(await http.call({ url, maxBytes })).toString();
  } finally {
    await http.close();
  }
}

const refusal = (reason: string) => ({ code: 'OSS_SOURCE_FAILED', details: { reason } });

describe('calls to addresses that others name', () => {
  it('reach this machine only for a sandbox, or where the administrator named it', async () => {
    const url = await serve((_request, response) => response.end('here'));
    const named = url.replace('127.0.0.1', 'localhost');
    expect(await call(url)).toBe('here');
    expect(await call(named)).toBe('here');
    const guarded = { allowLoopback: false };
    await expect(call(url, guarded)).rejects.toMatchObject(refusal('an address that may not be asked'));
    await expect(call(named, guarded)).rejects.toMatchObject({ code: 'OSS_SOURCE_FAILED' });
    expect(await call(named, { ...guarded, trustedHosts: ['localhost'] })).toBe('here');
  });

  describe('by a name, reach the addresses alone that were judged', () => {
    const responding = (...responses: string[][]) => {
      const asked: string[] = [];
      const lookup = ((name: string, _options: unknown, done: (error: null, found: unknown) => void) => {
        const answer = responses[Math.min(asked.push(name), responses.length) - 1] ?? [];
        done(
          null,
          answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
      }) as unknown as NonNullable<GuardedHttpOptions['lookup']>;
      return { asked, lookup };
    };

    it('of an answer that names others too', async () => {
      const url = (await serve((_request, response) => response.end('here'))).replace(
        '127.0.0.1',
        'hook.example',
      );
      const { lookup, asked } = responding(['10.0.0.1', '64:ff9b::7f00:1', '127.0.0.1', 'fec0::1']);
      expect(await call(url, { lookup })).toBe('here');
      expect(asked).toEqual(['hook.example']);
    });

    it('also where the next answer would be another one (DNS rebinding)', async () => {
      let calls = 0;
      const url = await serve((_request, response) => response.end(String(++calls)));
      const { lookup, asked } = responding(['198.18.0.1'], ['127.0.0.1']);
      const guarded = { lookup, allowLoopback: false };
      const named = url.replace('127.0.0.1', 'hook.example');
      await expect(call(named, guarded)).rejects.toMatchObject(refusal('an address that may not be asked'));
      await expect(call(named, guarded)).rejects.toMatchObject(refusal('an address that may not be asked'));
      expect(asked).toHaveLength(2);
      expect(calls).toBe(0);
    });
  });

  it.each([
    'http://10.0.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest',
    'http://[fe80::1]/',
    'http://0.0.0.0/',
    'http://0x7f.1/',
    'http://[::ffff:10.0.0.1]/',
  ])('never reach inside a network: %s', async (url) => {
    await expect(call(url, { allowLoopback: false })).rejects.toMatchObject(
      refusal('an address that may not be asked'),
    );
  });

  it.each(['file:///etc/passwd', 'ldap://example.com/cn=CRL', 'garbage'])(
    'are HTTP and nothing else: %s',
    async (url) => {
      await expect(call(url)).rejects.toMatchObject({ code: 'OSS_SOURCE_FAILED' });
    },
  );

  it('follow no redirect', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/elsewhere' }).end();
      else response.end('elsewhere');
    });
    await expect(call(url)).rejects.toMatchObject(refusal('HTTP status 302'));
  });

  it('end at their limit of bytes, whatever length was announced', async () => {
    const url = await serve((_request, response) => {
      for (let n = 0; n < 100; n++) response.write('0123456789');
      response.end();
    });
    await expect(call(url)).rejects.toMatchObject(refusal('an answer of more than 100 bytes'));
    expect(await call(url, {}, 1000)).toHaveLength(1000);
  });

  it('end at their limit of time, also where bytes keep trickling', async () => {
    const url = await serve((_request, response) => {
      const timer = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(timer));
    });
    await expect(call(url, { timeout: 300 })).rejects.toMatchObject(refusal('no answer in time'));
  });
});
