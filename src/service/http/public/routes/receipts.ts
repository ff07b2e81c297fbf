import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { OssError } from '../../../../contract/errors.ts';
import type { Call, Reply } from '../../route.ts';
import { publicRoute } from '../public-route.ts';
import type { PublicServices } from '../public-services.ts';

const params = z.object({ gateway: z.string().max(32), token: z.string().max(128) });
const body = { text: ['application/json', 'application/x-www-form-urlencoded', 'text/plain'] };
const QUERY_BYTES = 4096;

async function take(
  { receipts }: PublicServices,
  {
    params: { gateway: name, token },
    body,
    raw,
  }: Call<{ params: typeof params; body: { text: readonly string[] } }, undefined>,
): Promise<Reply<never>> {
  const gateway = receipts.gateways.get(name);
  const query = raw.url.split('?').slice(1).join('?');
  // Compared also where there is no such gateway: the time of the response tells nothing.
  if (!sameText(token, receipts.token(name)) || gateway?.takeCallback === undefined) {
    throw new OssError('OSS_NOT_FOUND');
  }
  if (query.length > QUERY_BYTES) return { status: 400 };
  const method = raw.method === 'GET' ? 'GET' : 'POST';
  const outcome = await gateway.takeCallback({ method, query, body, headers: raw.headers });
  return { status: outcome === 'taken' ? 200 : 403 };
}

/**
 * Where vendors report what became of messages. The path is a secret of each gateway, derived from the master secret;
 * any other gets the response of an address that does not exist.
 */
export const RECEIPT_ROUTES = (['GET', 'POST'] as const).map((method) =>
  publicRoute({
    method,
    path: '/receipts/:gateway/:token',
    summary: 'What became of a message, by the vendor of a gateway',
    tag: 'receipts',
    takes: { params, body },
    handle: take,
  }),
);

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
