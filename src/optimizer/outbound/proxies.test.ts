import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { buildConnector } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connections } from './connections.ts';
import { connectorFor } from './connector.ts';
import { GuardedHttp } from './guarded-http.ts';
import { proxiesOf } from './proxies.ts';

let origin: Server;
let proxy: Server;
/** What the proxy was told to connect to, and with which credentials. */
let asked: string[];
let status: number;
const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
const before = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

beforeEach(async () => {
  [asked, status] = [[], 200];
  for (const name of VARIABLES) delete process.env[name];
  origin = createServer((request, response) => response.end(`${request.headers.host}${request.url}`));
  proxy = createServer((_request, response) => response.writeHead(400).end());
  // Leads to the origin, whatever was asked for: it is the way that is looked at.
  proxy.on('connect', ({ url = '', headers }, socket) => {
    asked.push([url, headers['proxy-authorization']].filter(Boolean).join(' '));
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const upstream = connect(portOf(origin), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    for (const end of [socket, upstream]) end.on('error', () => upstream.destroy());
  });
  for (const server of [origin, proxy]) await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  for (const server of [origin, proxy]) {
    server.closeAllConnections();
    server.close();
  }
  for (const name of VARIABLES) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

const PUBLIC = '93.184.216.34';
const resolvesTo = (address: string) =>
  ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) =>
    done(null, [{ address, family: 4 }])) as never;

async function guarded(url: string, address: string, trustedHosts: string[] = []): Promise<string> {
  const http = new GuardedHttp({
    allowLoopback: false,
    timeout: 2000,
    lookup: resolvesTo(address),
    trustedHosts,
  });
  try {
    return Buffer.from(await http.call({ url, maxBytes: 1000 })).toString();
  } finally {
    await http.close();
  }
}

describe('calls through a proxy', () => {
  beforeEach(() => {
    process.env.HTTP_PROXY = `http://clerk:s%20cret@127.0.0.1:${portOf(proxy)}`;
  });

  it('reach what they asked for, with the credentials of the proxy', async () => {
    expect(await guarded('http://crl.example/a.crl', PUBLIC)).toBe('crl.example/a.crl');
    const basic = Buffer.from('clerk:s cret').toString('base64');
    expect(asked).toEqual([`${PUBLIC}:80 Basic ${basic}`]);
  });

  it.each(['10.0.0.7', '127.0.0.1', '169.254.169.254', '192.168.1.1'])(
    'that lead to %s are refused before the proxy hears of them',
    async (inside) => {
      await expect(guarded('http://crl.example/', inside)).rejects.toMatchObject({
        details: { reason: 'an address that may not be asked' },
      });
      await expect(guarded(`http://${inside}/`, PUBLIC)).rejects.toMatchObject({ code: 'OSS_SOURCE_FAILED' });
      expect(asked).toEqual([]);
    },
  );

  it('of a host that the operator named leave its name to the proxy', async () => {
    expect(await guarded('http://tsa.inside/', '10.0.0.7', ['tsa.inside'])).toBe('tsa.inside/');
    expect(asked[0]).toMatch(/^tsa\.inside:80 /);
  });

  it('are no calls where the proxy refuses', async () => {
    status = 407;
    await expect(guarded('http://crl.example/', PUBLIC)).rejects.toMatchObject({
      details: { reason: `the proxy 127.0.0.1:${portOf(proxy)} wants credentials, or others (407)` },
    });
  });

  it('go to the signature service too, by its name', async () => {
    const connections = new Connections({});
    const { body } = await connections.request('http://service.example:8443/v1/info', { method: 'GET' });
    expect(await body.text()).toBe('service.example:8443/v1/info');
    await connections.close();
    expect(asked[0]).toMatch(/^service\.example:8443 /);
  });

  it('never go to this machine', async () => {
    const connections = new Connections({});
    const { body } = await connections.request(`http://127.0.0.1:${portOf(origin)}/here`, { method: 'GET' });
    expect(await body.text()).toMatch(/\/here$/);
    await connections.close();
    expect(asked).toEqual([]);
  });

  it('hold what the system answers, too', async () => {
    const url = new URL(`http://127.0.0.1:${portOf(proxy)}`);
    const connector = connectorFor(
      buildConnector({}),
      {},
      () => false,
      async () => url,
    );
    await new Promise<void>((settle, fail) => {
      const to = {
        hostname: 'a.example',
        protocol: 'http:',
        port: '',
        servername: '',
      } as buildConnector.Options;
      connector(to, (error, socket) => {
        socket?.destroy();
        if (error) fail(error);
        else settle();
      });
    });
    expect(asked).toEqual(['a.example:80']);
  });
});

describe('which proxy', () => {
  const of = async (environment: Record<string, string>, hostname: string, port = 443) =>
    (await proxiesOf(environment)({ protocol: port === 80 ? 'http:' : 'https:', hostname, port }))?.host;
  const BOTH = { HTTPS_PROXY: 'http://secure:1', HTTP_PROXY: 'plain:2' };

  it.each([
    [BOTH, 'a.example', 443, 'secure:1'],
    [BOTH, 'a.example', 80, 'plain:2'],
    [{ ...BOTH, https_proxy: 'http://small:3' }, 'a.example', 443, 'small:3'],
    [{ ...BOTH, NO_PROXY: '*' }, 'a.example', 443, undefined],
    [{ ...BOTH, NO_PROXY: 'b.example, example' }, 'a.example', 443, undefined],
    [{ ...BOTH, NO_PROXY: '.example' }, 'a.EXAMPLE', 443, undefined],
    [{ ...BOTH, NO_PROXY: 'ample' }, 'a.example', 443, 'secure:1'],
    [{ ...BOTH, NO_PROXY: 'a.example:8443' }, 'a.example', 443, 'secure:1'],
    [{ ...BOTH, NO_PROXY: 'a.example:8443' }, 'a.example', 8443, undefined],
    [{ ...BOTH, NO_PROXY: '10.0.0.7' }, '10.0.0.7', 443, undefined],
    [BOTH, 'localhost', 443, undefined],
    [BOTH, '127.1.2.3', 443, undefined],
    [{ HTTP_PROXY: 'plain:2' }, 'a.example', 443, undefined],
    [{ HTTPS_PROXY: '' }, 'a.example', 443, undefined],
  ] as const)('%j for %s:%i', async (environment, hostname, port, expected) => {
    expect(await of(environment, hostname, port)).toBe(expected);
  });

  it('names the variable that is no address', async () => {
    await expect(of({ HTTPS_PROXY: 'http://' }, 'a.example')).rejects.toThrow('HTTPS_PROXY');
  });
});
