import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConnector } from 'undici';
import { openssl } from './openssl.ts';

export interface SeenCall {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly type: string;
  readonly body: string;
}

export type Response =
  | { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> }
  /** What goes wrong instead: the connection ends, or nothing comes. */
  | 'cut'
  | 'silence';

/** Any number of hosts of the web in one server on the loopback address, with one authority for all of them. */
export interface HttpsDouble {
  readonly seen: SeenCall[];
  readonly caFile: string;
  /** Its own address. */
  readonly origin: string;
  /** For connections of undici: every name leads here. */
  readonly connector: buildConnector.connector;
  /** The same, for who trusts another authority. */
  readonly strangersConnector: buildConnector.connector;
  respondWith(answer: Response): void;
  stop(): Promise<void>;
}

export async function startHttpsDouble(hosts: readonly string[]): Promise<HttpsDouble> {
  const folder = await mkdtemp(join(tmpdir(), 'https-double-'));
  const file = (name: string) => join(folder, name);
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  openssl(
    ...[
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      '/CN=double',
    ],
    ...['-addext', `subjectAltName=${names},IP:127.0.0.1`, '-keyout', file('k.pem'), '-out', file('c.pem')],
  );
  const seen: SeenCall[] = [];
  let next: Response = { status: 200, body: {} };
  const server = createServer({ key: readFileSync(file('k.pem')), cert: readFileSync(file('c.pem')) });
  server.on('request', (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({
        ...{ method, path: url, headers, body, host: headers.host ?? '' },
        authorization: headers.authorization,
        type: headers['content-type'] ?? '',
      });
      if (next === 'cut') request.socket.destroy();
      else if (next !== 'silence') {
        response.writeHead(next.status, next.headers);
        response.end(typeof next.body === 'string' ? next.body : JSON.stringify(next.body));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const leadHere = (trust: { ca?: Buffer }): buildConnector.connector => {
    const connect = buildConnector(trust);
    return (options, done) =>
      connect({ ...options, hostname: '127.0.0.1', port: String(port), servername: options.hostname }, done);
  };
  return {
    seen,
    caFile: file('c.pem'),
    origin: `https://127.0.0.1:${port}`,
    connector: leadHere({ ca: readFileSync(file('c.pem')) }),
    strangersConnector: leadHere({}),
    respondWith(answer) {
      next = answer;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
