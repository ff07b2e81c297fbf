import { serviceInfoSchema } from '../../../../contract/service-api/info.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';

export function getInfo(server: ApiServer, { info }: Pick<ApiServices, 'info'>): void {
  server.get(
    '/v1/info',
    {
      schema: {
        summary: 'What the service offers and what it costs in bytes and minutes',
        tags: ['service'],
        security: [],
        response: { 200: serviceInfoSchema },
      },
    },
    async () => info(),
  );
}
