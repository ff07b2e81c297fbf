import type { FastifyInstance } from 'fastify';

export interface AnsweredCall {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** One line per call: the route as it is declared, never the address, a body or a header. */
export function logAccess(server: FastifyInstance, onAnswered?: (call: AnsweredCall) => void): void {
  server.addHook('onResponse', async (request, reply) => {
    const call = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      milliseconds: reply.elapsedTime,
    };
    onAnswered?.(call);
    request.log.info({ ...call, milliseconds: Math.round(call.milliseconds) }, 'answered');
  });
}
