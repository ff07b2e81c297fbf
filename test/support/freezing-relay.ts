import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network between a client and a server that can go silent: connections stay open, and nothing moves. */
export interface FreezingRelay {
  readonly port: number;
  freeze(): void;
  thaw(): void;
  /** Breaks every connection that there is; the next ones go through. */
  cut(): void;
  /** Breaks every connection; the next ones go to another server. */
  leadTo(target: string | number): void;
  stop(): Promise<void>;
}

/** @param target path of the server's socket, or its port on this machine */
export async function startFreezingRelay(target: string | number): Promise<FreezingRelay> {
  const sockets = new Set<Socket>();
  let current = target;
  let isFrozen = false;
  const server = createServer((client) => {
    const upstream = typeof current === 'string' ? connect(current) : connect(current, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      if (isFrozen) from.pause();
      from.on('data', (data) => to.write(data));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
    if (isFrozen) for (const socket of [client, upstream]) socket.pause();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    freeze() {
      isFrozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw() {
      isFrozen = false;
      for (const socket of sockets) socket.resume();
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    leadTo(next) {
      current = next;
      for (const socket of sockets) socket.destroy();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
