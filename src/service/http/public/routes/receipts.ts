import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SmsGateway } from '../../../otp/gateways/port.ts';

export interface ReceiptRoutes {
  /** Gateways that take calls of their vendor, by name. */
  readonly gateways: ReadonlyMap<string, SmsGateway>;
  /** The secret last part of the address of that name. */
  readonly token: (gateway: string) => string;
}

const params = z.object({ gateway: z.string().max(32), token: z.string().max(128) });
const QUERY_BYTES = 4096;

/**
 * Where vendors report what became of messages. The path is a secret of each gateway, derived from the master secret;
 * any other gets the response of an address that does not exist.
 */
export async function takeReceipts(server: FastifyInstance, routes: ReceiptRoutes): Promise<void> {
  await server.register(async (scope) => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
      scope.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) => done(null, body));
    }
    const take = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const { gateway: name, token } = params.parse(request.params);
      const gateway = routes.gateways.get(name);
      const query = request.url.split('?').slice(1).join('?');
      // Compared also where there is no such gateway: the time of the response tells nothing.
      if (!sameText(token, routes.token(name)) || gateway?.takeCallback === undefined) {
        return reply.callNotFound();
      }
      if (query.length > QUERY_BYTES) return reply.status(400).send();
      const outcome = await gateway.takeCallback({
        method: request.method === 'GET' ? 'GET' : 'POST',
        query,
        body: typeof request.body === 'string' ? request.body : '',
        headers: request.headers,
      });
      return reply.status(outcome === 'taken' ? 200 : 403).send();
    };
    const options = { schema: { hide: true, params } };
    scope.get('/receipts/:gateway/:token', options, take);
    scope.post('/receipts/:gateway/:token', options, take);
  });
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
