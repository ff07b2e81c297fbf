import type { FastifyInstance } from 'fastify';
import { PUBLIC_PATHS } from '../../../ca/public-urls.ts';
import { issuerNamed } from '../issuer-name.ts';
import type { PublicServices } from '../public-services.ts';

/** DER, media type of RFC 2585 §4.2. */
export function getCrl(server: FastifyInstance, { status }: Pick<PublicServices, 'status'>): void {
  server.get<{ Params: { name: string } }>(`${PUBLIC_PATHS.crl}:name.crl`, async (request, reply) => {
    const crl = await status.crl(issuerNamed(request.params.name));
    return reply.type('application/pkix-crl').send(Buffer.from(crl));
  });
}
