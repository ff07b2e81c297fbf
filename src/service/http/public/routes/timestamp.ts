import type { FastifyInstance } from 'fastify';
import { OssError } from '../../../../contract/errors.ts';
import { PUBLIC_PATHS } from '../../../ca/public-urls.ts';
import type { PublicServices } from '../public-services.ts';

/** RFC 3161 §3.4; another media type is answered 400 (it has no TimeStampReq that could be refused). */
export function timestamp(server: FastifyInstance, { tsa }: Pick<PublicServices, 'tsa'>): void {
  server.post(PUBLIC_PATHS.tsa, async (request, reply) => {
    const isQuery = request.headers['content-type']?.startsWith('application/timestamp-query');
    if (!isQuery || !Buffer.isBuffer(request.body)) {
      throw new OssError('OSS_REQUEST_INVALID', { reason: 'application/timestamp-query is needed' });
    }
    const response = await tsa.respond(request.body);
    return reply.type('application/timestamp-reply').send(Buffer.from(response));
  });
}
