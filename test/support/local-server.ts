import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';

/** Listens on a free port of this computer. @returns the port */
export async function listenLocally(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Where an HTTP server listens that was started by `listenLocally`. */
export const urlOf = (server: HttpServer): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** Ends the server, and the connections that clients keep open. */
export async function closeServer(server: HttpServer): Promise<void> {
  server.closeAllConnections();
  await new Promise((settle) => server.close(settle));
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listenLocally(probe);
  await new Promise((settle) => probe.close(settle));
  return port;
}
