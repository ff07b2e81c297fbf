import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { makeTlsCertificates } from '../../test/support/tls-certificates.ts';
import { endingConnections } from './ending-connections.ts';

const tls = makeTlsCertificates();
const PATIENCE_MS = 100;
/** What none of these ends may take; clients would keep their connections for longer. */
const KEEP_ALIVE_MS = 60_000;

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

describe.each([
  ['plain', false],
  ['with TLS', true],
])('a server that ends, %s', (_name, isSecure) => {
  async function serve(answer: RequestListener) {
    const server = (
      isSecure
        ? createSecureServer({ key: tls.text('server.key'), cert: tls.text('server.pem') }, answer)
        : createServer(answer)
    ) as Server;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    const endConnections = endingConnections(server, PATIENCE_MS);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    return {
      port,
      /** Answers when it has ended. */
      async end(): Promise<void> {
        endConnections();
        await new Promise((ended) => server.close(ended));
      },
      async opened(): Promise<{ socket: Socket; received: () => string; ended: Promise<unknown> }> {
        const socket = isSecure
          ? connectSecurely({ port, host: '127.0.0.1', ca: tls.text('authority.pem') })
          : connect(port, '127.0.0.1');
        sockets.push(socket);
        let received = '';
        socket.on('data', (chunk) => {
          received += String(chunk);
        });
        socket.on('error', () => undefined);
        await once(socket, isSecure ? 'secureConnect' : 'connect');
        return { socket, received: () => received, ended: once(socket, 'close') };
      },
    };
  }
  const CALL = 'POST /sign HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{}';
  const QUIET = (_request: unknown, response: { end: (text: string) => void }) => response.end('done');

  it('answers the call under way whole, then closes, though the client would keep the connection', async () => {
    let finish: () => void = () => undefined;
    const begun = new Promise<void>((isBegun) => {
      finish = isBegun;
    });
    let answer: () => void = () => undefined;
    const large = 'x'.repeat(3_000_000);
    const server = await serve((request, response) => {
      request.resume();
      answer = () => void response.end(large);
      finish();
    });
    const client = await server.opened();
    client.socket.write(CALL);
    await begun;
    const ending = server.end();
    answer();
    await ending;
    await client.ended;
    expect(client.received()).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:.*\r\n)*connection: close/i);
    expect(client.received().slice(-large.length)).toBe(large);
  });

  it('ends a call whose head was sent before it was to end', async () => {
    let answer: () => void = () => undefined;
    const server = await serve((request, response) => {
      request.resume();
      response.write('first ');
      answer = () => void response.end('last');
    });
    const client = await server.opened();
    client.socket.write(CALL);
    await expect.poll(client.received).toContain('first ');
    const ending = server.end();
    answer();
    await ending;
    await client.ended;
    expect(client.received()).toContain('last');
  });

  it('ends though a connection sent nothing, an answered one is kept, and a call never comes whole', async () => {
    const server = await serve((request, response) => {
      request.resume().once('end', () => QUIET(request, response));
    });
    const silent = await server.opened();
    const kept = await server.opened();
    kept.socket.write(CALL);
    await expect.poll(kept.received).toContain('done');
    const partly = await server.opened();
    partly.socket.write(CALL.slice(0, -1));
    const half = await server.opened();
    half.socket.write(CALL.slice(0, 20));
    // Not even a handshake.
    const bare = connect(server.port, '127.0.0.1').on('error', () => undefined);
    sockets.push(bare);
    await once(bare, 'connect');
    await server.end();
    await Promise.all([silent, kept, partly, half].map(({ ended }) => ended));
    expect(partly.received()).toBe('');
  });

  it('ends though a client does not read what it is answered', async () => {
    const isAnswering = new Set<string>();
    const server = await serve((request, response) => {
      request.resume();
      response.end('x'.repeat(64 * 1024 * 1024));
      isAnswering.add('answering');
    });
    const client = await server.opened();
    client.socket.removeAllListeners('data').pause();
    client.socket.write(CALL);
    await expect.poll(() => isAnswering.size).toBe(1);
    await server.end();
  });

  it('waits for a call that takes long', async () => {
    const calls: string[] = [];
    const server = await serve((request, response) => {
      request.resume();
      calls.push(request.url ?? '');
      setTimeout(() => response.end('at last'), PATIENCE_MS * 5);
    });
    const client = await server.opened();
    client.socket.write(CALL);
    await expect.poll(() => calls.length).toBe(1);
    await server.end();
    await client.ended;
    expect(client.received()).toContain('at last');
  });
});
