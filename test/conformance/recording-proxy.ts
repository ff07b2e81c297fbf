import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Every byte of every TCP connection through it, as it was on the wire. */
export interface RecordingProxy {
  readonly port: number;
  /** One buffer for each connection and direction, whole runs even where packets split them. */
  recorded(): { sent: Buffer[]; received: Buffer[] };
  close(): Promise<void>;
}

/** Forwards a free local port to `targetPort` and records both directions. */
export async function startRecordingProxy(targetPort: number): Promise<RecordingProxy> {
  const sent: Buffer[][] = [];
  const received: Buffer[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    record(client, target, sent, sockets);
    record(target, client, received, sockets);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    recorded: () => ({
      sent: sent.map((chunks) => Buffer.concat(chunks)),
      received: received.map((chunks) => Buffer.concat(chunks)),
    }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function record(from: Socket, to: Socket, into: Buffer[][], sockets: Set<Socket>): void {
  const chunks: Buffer[] = [];
  into.push(chunks);
  sockets.add(from);
  from.on('data', (chunk) => {
    chunks.push(chunk);
    to.write(chunk);
  });
  from.on('end', () => to.end());
  // A connection cut on one side is cut on the other: the proxy adds nothing and hides nothing.
  from.on('error', () => to.destroy());
}
