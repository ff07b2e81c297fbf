import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { Connection } from './connection.ts';
import type { Chromium } from './process.ts';

/**
 * A headless Chromium that runs already and outlives this process: each station that joins it has browser contexts of
 * its own, which end with its connection. Starting a browser costs more than most tests.
 */
export async function joinChromium(address: string): Promise<Chromium> {
  const socket = new WebSocket(address);
  const connection = await Connection.overSocket(socket);
  return {
    connection,
    onceEnded: (listener) => socket.addEventListener('close', listener),
    letGo: async () => socket.close(),
  };
}

/**
 * Another address of the same browser, which is gone with this process: Playwright takes a station for closed only
 * when it has lost its browser too.
 */
export async function addressOfOwn(address: string): Promise<string> {
  const own = new URL(address);
  const { hostname, port } = new URL(address);
  const server = createServer((client) => {
    const browser = connect(Number(port), hostname);
    client.pipe(browser).pipe(client);
    client.on('error', () => browser.destroy()).on('close', () => browser.destroy());
    browser.on('error', () => client.destroy()).on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  own.port = String((server.address() as AddressInfo).port);
  return own.href;
}
