/** How a server of HTTP ends: what it began is answered, and nobody who only holds a connection keeps it. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * A server that closes waits for its connections, and clients keep theirs for a minute after the last answer. This
 * watches a server from its start, so that its end is that of the calls under way.
 * @param patienceMs for a call that is not here whole, which has not begun, and for who does not read the answer
 * @returns to be called when it stops listening: from then on connections end with the call that they carry
 */
export function endingConnections(server: Server, patienceMs: number): () => void {
  // With TLS the connections that carry calls come out of those that may still be shaking hands.
  const wires = socketsOf(server, 'connection');
  const secured = socketsOf(server, 'secureConnection');
  const calls = new Map<ServerResponse, IncomingMessage>();
  let isEnding = false;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    calls.set(response, request);
    if (isEnding) response.shouldKeepAlive = false;
    response.once('close', () => {
      calls.delete(response);
      if (isEnding) request.socket.destroySoon();
    });
  });

  const leaving = new WeakSet<Socket>();
  /** Ends with what is written to it; the second time at once. */
  const end = (socket: Socket): void => {
    if (leaving.has(socket)) socket.destroy();
    else socket.destroySoon();
    leaving.add(socket);
  };
  const endOthers = (): void => {
    const working = new Set<Socket>();
    for (const [response, { complete, socket }] of calls) {
      if (complete && !response.writableEnded) working.add(socket);
    }
    const carriers = secured.size > 0 ? secured : wires;
    for (const socket of carriers) if (!working.has(socket)) end(socket);
    if (working.size === 0) for (const socket of wires) end(socket);
  };
  return () => {
    if (!server.listening) return;
    isEnding = true;
    for (const response of calls.keys()) response.shouldKeepAlive = false;
    const timer = setInterval(endOthers, patienceMs);
    server.once('close', () => clearInterval(timer));
  };
}

function socketsOf(server: Server, event: 'connection' | 'secureConnection'): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on(event, (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}
