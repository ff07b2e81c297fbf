import { z } from 'zod';
import type { ApiRoute } from '../../http/route.ts';

export const hello: ApiRoute = {
  name: 'hello',
  method: 'GET',
  classic: ['/hello'],
  newer: ['/hello'],
  tag: 'service',
  summary: 'Whether the Optimizer answers',
  success: { status: 200, classic: z.literal('Hello') },
  refusals: [],
  handle: async () => ({ value: 'Hello', message: 'Hello' }),
};
