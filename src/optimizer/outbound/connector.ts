import { isIP, type LookupFunction, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';
import { type ProxyResolver, portOf, proxyFor } from './proxies.ts';
import { ProxyFailure } from './proxy-failure.ts';
import { openTunnel } from './tunnel.ts';

type Connect = buildConnector.connector;
type Options = Extract<buildConnector.BuildOptions, object>;

const TIMEOUT_MS = 10_000;

/**
 * Connects directly, or through the proxy of the environment or the system. With a `lookup`, which judges addresses,
 * the name is resolved here as it is without a proxy, and the proxy is told the address that was judged: it never
 * resolves a name that others chose.
 * @param isTrusted hosts that the operator named; the proxy may resolve these
 */
export function connectorFor(
  direct: Connect,
  options: Options,
  isTrusted: (hostname: string) => boolean,
  resolver: ProxyResolver = proxyFor,
): Connect {
  const connect = async (to: buildConnector.Options): Promise<Socket | undefined> => {
    const protocol = to.protocol === 'https:' ? 'https:' : 'http:';
    const hostname = to.hostname.replace(/^\[|\]$/g, '');
    const port = portOf(protocol, to.port);
    const proxy = await resolver({ protocol, hostname, port });
    if (proxy === undefined) return undefined;
    const { lookup } = options as { lookup?: LookupFunction };
    const host = lookup === undefined || isTrusted(hostname) ? hostname : await judged(lookup, hostname);
    const socket = await openTunnel(proxy, host, port, options.timeout ?? TIMEOUT_MS);
    if (protocol === 'http:') return socket;
    return secured(socket, hostname, options).catch((cause: Error) => {
      // What the certificate is wrong about is not the proxy's fault; silence behind it may be.
      throw cause instanceof TlsTimeout
        ? new ProxyFailure(`${hostname} does not answer behind the proxy ${proxy.host}`, { cause })
        : cause;
    });
  };
  return (to, done) => {
    connect(to).then(
      (socket) => (socket === undefined ? direct(to, done) : done(null, socket)),
      (error: Error) => done(error, null),
    );
  };
}

/** An address literal was judged before. */
function judged(lookup: LookupFunction, hostname: string): Promise<string> {
  if (isIP(hostname) !== 0) return Promise.resolve(hostname);
  return new Promise((settle, fail) => {
    lookup(hostname, {}, (error, address) => (error ? fail(error) : settle(String(address))));
  });
}

class TlsTimeout extends Error {}

function secured(socket: Socket, hostname: string, options: Options): Promise<Socket> {
  const { timeout = TIMEOUT_MS, lookup: _, ...tls } = options as ConnectionOptions & { timeout?: number };
  return new Promise((settle, fail) => {
    const name = isIP(hostname) === 0 ? { servername: hostname } : {};
    const secure = connectTls({ ...tls, ...name, host: hostname, socket, ALPNProtocols: ['http/1.1'] });
    const timer = setTimeout(() => secure.destroy(new TlsTimeout()), timeout);
    secure.once('secureConnect', () => {
      clearTimeout(timer);
      secure.off('error', fail);
      settle(secure);
    });
    secure.once('error', (error) => {
      clearTimeout(timer);
      fail(error);
    });
  });
}
