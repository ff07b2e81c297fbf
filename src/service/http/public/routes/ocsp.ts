import type { FastifyInstance } from 'fastify';
import { OssError } from '../../../../contract/errors.ts';
import { PUBLIC_PATHS } from '../../../ca/public-urls.ts';
import { requestOfPath } from '../../../status/ocsp-over-get.ts';
import { issuerNamed } from '../issuer-name.ts';
import type { PublicServices } from '../public-services.ts';

const RESPONSE_TYPE = 'application/ocsp-response';

/** RFC 6960 Appendix A.1: the DER request in the body. */
export function ocspOverPost(server: FastifyInstance, { status }: Pick<PublicServices, 'status'>): void {
  server.post<{ Params: { name: string } }>(`${PUBLIC_PATHS.ocsp}:name`, async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) throw new OssError('OSS_REQUEST_INVALID', { reason: 'body' });
    const response = await status.ocsp(issuerNamed(request.params.name), request.body);
    return reply.type(RESPONSE_TYPE).send(Buffer.from(response));
  });
}

/** RFC 6960 Appendix A.1: the request in the path; base64 may hold slashes. */
export function ocspOverGet(server: FastifyInstance, { status }: Pick<PublicServices, 'status'>): void {
  server.get<{ Params: { name: string } }>(`${PUBLIC_PATHS.ocsp}:name/*`, async (request, reply) => {
    const prefix = `${PUBLIC_PATHS.ocsp}${request.params.name}/`;
    const encoded = (request.raw.url ?? '').slice(prefix.length);
    const der = requestOfPath(encoded) ?? new Uint8Array();
    const response = await status.ocsp(issuerNamed(request.params.name), der);
    return reply.type(RESPONSE_TYPE).send(Buffer.from(response));
  });
}
