import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { ProxyFailure } from './proxy-failure.ts';

/**
 * A connection through a proxy (CONNECT, RFC 9110 §9.3.6), also for plain HTTP: what is asked there stays the same as
 * without a proxy, and the proxy is told where to go by us.
 * @param host name or address, as the proxy shall use it
 * @param timeout milliseconds for all of it
 * @throws ProxyFailure
 */
export function openTunnel(proxy: URL, host: string, port: number, timeout: number): Promise<Socket> {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const name = `the proxy ${proxy.host}`;
  return new Promise((settle, fail) => {
    const request = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)({
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      path: authority,
      headers: { host: authority, ...credentialsOf(proxy) },
      agent: false,
    });
    // Whatever trickles in: a limit of silence alone would be none.
    const timer = setTimeout(
      () => request.destroy(new ProxyFailure(`${name} does not answer in time`)),
      timeout,
    );
    const refused = (status: number): void => {
      // 407 asks for credentials, which stand in the address of the proxy.
      const what =
        status === 407 ? 'wants credentials, or others (407)' : `refuses the connection (${status})`;
      fail(new ProxyFailure(`${name} ${what}`, { status }));
    };
    request.on('connect', ({ statusCode = 0 }, socket: Socket) => {
      clearTimeout(timer);
      if (statusCode >= 200 && statusCode < 300) return settle(socket);
      socket.destroy();
      refused(statusCode);
    });
    request.on('response', ({ statusCode = 0 }) => {
      request.destroy();
      refused(statusCode);
    });
    request.on('error', (cause: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const what = `cannot be reached${cause.code === undefined ? '' : ` (${cause.code})`}`;
      fail(cause instanceof ProxyFailure ? cause : new ProxyFailure(`${name} ${what}`, { cause }));
    });
    request.end();
  });
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(plain).toString('base64')}` };
}
