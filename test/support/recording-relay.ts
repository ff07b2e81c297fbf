import { createServer, request as requestHttp } from 'node:http';
import { closeServer, listenLocally } from './local-server.ts';

/** Passes calls on under the name of the server behind it, for one that asks how it is called; keeps every body. */
export async function startRecordingRelay(target: string) {
  const [sent, received]: [Buffer[], Buffer[]] = [[], []];
  const { hostname, port, host } = new URL(target);
  const server = createServer(async (request, response) => {
    const body = await collected(request);
    sent.push(Buffer.from(`${request.method} ${request.url}\n`), body);
    const { url: path = '/', method = 'GET' } = request;
    const onward = requestHttp({ hostname, port, path, method, headers: { ...request.headers, host } });
    onward.on('response', async (answer) => {
      const bytes = await collected(answer);
      received.push(bytes);
      response.writeHead(answer.statusCode ?? 502, answer.headers).end(bytes);
    });
    onward.end(body);
  });
  const listeningOn = await listenLocally(server);
  return {
    port: listeningOn,
    recorded: () => ({ sent, received }),
    close: () => closeServer(server),
  };
}

async function collected(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
