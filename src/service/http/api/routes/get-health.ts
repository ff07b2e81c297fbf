import { z } from 'zod';
import type { ApiServer } from '../api-server.ts';

export function getHealth(server: ApiServer): void {
  server.get(
    '/health',
    {
      schema: {
        summary: 'Whether the process answers',
        tags: ['service'],
        security: [],
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
      // Watched every few seconds by whoever runs the service.
      config: { rateLimit: false },
    },
    async () => ({ status: 'ok' as const }),
  );
}
