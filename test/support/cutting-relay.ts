import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network that breaks after so many octets of one direction. */
export interface CuttingRelay {
  readonly port: number;
  /** Cuts the connections that are open, and each next one after so many octets; undefined cuts no more. */
  cutAfter(cut: { readonly direction: 'there' | 'back'; readonly octets: number } | undefined): void;
  stop(): Promise<void>;
}

export async function startCuttingRelay(targetPort: number): Promise<CuttingRelay> {
  const sockets = new Set<Socket>();
  let cut: Parameters<CuttingRelay['cutAfter']>[0];
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    let left = cut?.octets ?? Number.POSITIVE_INFINITY;
    const direction = cut?.direction;
    for (const [from, to, way] of [
      [client, upstream, 'there'],
      [upstream, client, 'back'],
    ] as const) {
      sockets.add(from);
      from.on('data', (data: Buffer) => {
        if (way !== direction) return void to.write(data);
        to.write(data.subarray(0, Math.max(0, left)));
        left -= data.length;
        // What was let through arrives; then both ends see the end.
        if (left <= 0) for (const end of [client, upstream]) end.end();
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cutAfter(next) {
      cut = next;
      for (const socket of sockets) socket.destroy();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
