import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';

/** A tunnel that a proxy refused: 407 asks for credentials, which stand in the address of the proxy. */
class TunnelRefused extends Error {
  readonly code = 'PROXY_REFUSED';
}

/**
 * A connection through a proxy (CONNECT, RFC 9110 §9.3.6), also for plain HTTP: what is asked there stays the same as
 * without a proxy, and the proxy is told where to go by us.
 * @param host name or address, as the proxy shall use it
 * @throws the system's error; TunnelRefused naming the status
 */
export function openTunnel(proxy: URL, host: string, port: number, timeout: number): Promise<Socket> {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  return new Promise((settle, fail) => {
    const request = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)({
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      path: authority,
      headers: { host: authority, ...credentialsOf(proxy) },
      agent: false,
      timeout,
    });
    request.on('connect', ({ statusCode = 0 }, socket: Socket) => {
      socket.setTimeout(0);
      if (statusCode >= 200 && statusCode < 300) return settle(socket);
      socket.destroy();
      fail(new TunnelRefused(`the proxy answers ${statusCode}`));
    });
    request.on('response', ({ statusCode }) => {
      request.destroy();
      fail(new TunnelRefused(`the proxy answers ${statusCode}`));
    });
    request.on('timeout', () => request.destroy(new Error('the proxy does not answer')));
    request.on('error', fail);
    request.end();
  });
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(plain).toString('base64')}` };
}
