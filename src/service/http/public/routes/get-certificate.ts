import type { FastifyInstance } from 'fastify';
import { PUBLIC_PATHS } from '../../../ca/public-urls.ts';
import { issuerNamed } from '../issuer-name.ts';
import type { PublicServices } from '../public-services.ts';

/** One DER certificate, media type of RFC 2585 §4.1 (RFC 5280 §4.2.2.1). */
export function getCertificate(server: FastifyInstance, { status }: Pick<PublicServices, 'status'>): void {
  server.get<{ Params: { name: string } }>(
    `${PUBLIC_PATHS.certificates}:name.cer`,
    async (request, reply) => {
      const certificate = status.certificate(issuerNamed(request.params.name));
      return reply.type('application/pkix-cert').send(Buffer.from(certificate));
    },
  );
}
