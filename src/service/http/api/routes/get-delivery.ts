import { z } from 'zod';
import { deliverySchema } from '../../../../contract/model/delivery.ts';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { deliveryOf } from '../../../otp/delivery-state.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { errorResponses } from '../error-responses.ts';
import { officerOf } from '../officer.ts';

export function getDelivery(
  server: ApiServer,
  { access, store }: Pick<ApiServices, 'access' | 'store'>,
): void {
  server.get(
    '/v1/requests/:id/delivery',
    {
      schema: {
        summary: 'What became of the newest message to the signer',
        tags: ['signing'],
        params: z.object({ id: requestIdSchema }),
        response: { 200: deliverySchema, ...errorResponses(401, 404) },
      },
    },
    async (request) => {
      const { id } = await access(request.params.id, officerOf(request));
      return deliveryOf(await store.outbox.lastOf(id));
    },
  );
}
