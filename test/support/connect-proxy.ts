import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** What the proxy does with a CONNECT: lets it through, answers a status, or says nothing. */
export type ProxyMood = 'pass' | 'silent' | number;

/** A proxy of a network that programs leave by it alone: every name leads to the port that the test gives. */
export interface ConnectProxy {
  readonly address: string;
  /** What it was asked for, in order. */
  readonly asked: string[];
  mood: ProxyMood;
  stop(): Promise<void>;
}

export async function startConnectProxy(portOf: (authority: string) => number): Promise<ConnectProxy> {
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  const server = createServer((_request, response) => response.writeHead(400).end());
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', ({ url = '' }, socket: Socket) => {
    asked.push(url);
    socket.on('error', () => undefined);
    if (proxy.mood === 'silent') return;
    if (proxy.mood !== 'pass') return void socket.end(`HTTP/1.1 ${proxy.mood} No\r\n\r\n`);
    const upstream = connect(portOf(url), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const proxy: ConnectProxy = {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    mood: 'pass',
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
  return proxy;
}
