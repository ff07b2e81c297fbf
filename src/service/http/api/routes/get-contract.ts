import { z } from 'zod';
import { OssError } from '../../../../contract/errors.ts';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { officerOf } from '../officer.ts';

export function getContract(
  server: ApiServer,
  { access, store }: Pick<ApiServices, 'access' | 'store'>,
): void {
  server.get(
    '/v1/requests/:id/contract',
    {
      schema: {
        summary: 'The contract between signer and service (application/pdf), the same bytes every time',
        tags: ['requests'],
        params: z.object({ id: requestIdSchema }),
        produces: ['application/pdf'],
      },
    },
    async (request, reply) => {
      const { id } = await access(request.params.id, officerOf(request));
      const pdf = await store.requests.contract(id);
      if (pdf === undefined) throw new OssError('OSS_REQUEST_NOT_FOUND');
      return reply.type('application/pdf').send(Buffer.from(pdf));
    },
  );
}
