import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { HttpClient } from './http-client.ts';

it('gives up a response that comes byte by byte', async () => {
  const server = createServer((_, response) => {
    const trickle = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(trickle));
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const { port } = server.address() as AddressInfo;
  const client = new HttpClient({ baseUrl: `http://127.0.0.1:${port}`, timeout: 200 });
  try {
    await expect(client.bytes({ method: 'GET', path: '/' })).rejects.toMatchObject({
      code: 'OSS_SERVICE_TIMEOUT',
    });
  } finally {
    await client.close();
    server.closeAllConnections();
    server.close();
  }
});
