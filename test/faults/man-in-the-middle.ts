import fastify, { type FastifyRequest } from 'fastify';
import { request as send } from 'undici';

/** A call on its way to the service, or its response on the way back. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
export interface Response {
  readonly status: number;
  readonly body: Buffer;
}

/** What the man in the middle does to calls and answers; by default nothing. */
export interface Mischief {
  /** The service to ask instead of the true one. */
  readonly divert?: (call: Call) => string | undefined;
  readonly alterCall?: (call: Call) => Call;
  /** `hang` never answers. */
  readonly alterResponse?: (call: Call, answer: Response) => Response | 'hang';
}

export interface ManInTheMiddle {
  readonly url: string;
  /** Paths of the calls seen, in order. */
  readonly calls: readonly string[];
  behave(mischief: Mischief): void;
  close(): Promise<void>;
}

/** A server that stands between the station and the true service, and changes what it is told to change. */
export async function startManInTheMiddle(trueService: string): Promise<ManInTheMiddle> {
  const app = fastify({ forceCloseConnections: true, bodyLimit: 16 * 1024 * 1024 });
  const calls: string[] = [];
  let mischief: Mischief = {};
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.all('/*', async (incoming, reply) => {
    const original = asCall(incoming);
    calls.push(`${original.method} ${original.path}`);
    const call = mischief.alterCall?.(original) ?? original;
    const honest = await forward(mischief.divert?.(original) ?? trueService, call);
    const answer = mischief.alterResponse?.(original, honest) ?? honest;
    if (answer === 'hang') return reply.hijack();
    return reply.status(answer.status).header('content-type', 'application/json').send(answer.body);
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    calls,
    behave: (next) => {
      mischief = next;
    },
    close: () => app.close(),
  };
}

function asCall(incoming: FastifyRequest): Call {
  const { authorization, 'idempotency-key': key, 'content-type': type } = incoming.headers;
  const headers = {
    ...(authorization && { authorization }),
    ...(typeof key === 'string' && { 'idempotency-key': key }),
    ...(type && { 'content-type': type }),
  };
  const body = Buffer.isBuffer(incoming.body) ? incoming.body : Buffer.alloc(0);
  return { method: incoming.method, path: incoming.url, headers, body };
}

async function forward(service: string, call: Call): Promise<Response> {
  const response = await send(new URL(call.path, service), {
    method: call.method as 'GET' | 'POST',
    headers: call.headers,
    body: call.body.length > 0 ? call.body : null,
  });
  return { status: response.statusCode, body: Buffer.from(await response.body.arrayBuffer()) };
}

/** Changes a JSON body; `change` edits the value in place. */
export function editJson<T>(body: Buffer, change: (value: T) => void): Buffer {
  const value = JSON.parse(body.toString('utf8')) as T;
  change(value);
  return Buffer.from(JSON.stringify(value));
}
