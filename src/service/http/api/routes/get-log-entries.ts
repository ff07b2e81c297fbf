import { z } from 'zod';
import { toBase64 } from '../../../../contract/model/encoding.ts';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { logEntriesSchema } from '../../../../contract/service-api/log-entries.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { errorResponses } from '../error-responses.ts';
import { officerOf } from '../officer.ts';

export function getLogEntries(server: ApiServer, { access, log }: Pick<ApiServices, 'access' | 'log'>): void {
  server.get(
    '/v1/requests/:id/log',
    {
      schema: {
        summary: 'What the transparency log holds of a request, with proofs',
        tags: ['requests'],
        params: z.object({ id: requestIdSchema }),
        response: { 200: logEntriesSchema, ...errorResponses(401, 404) },
      },
    },
    async (request) => {
      const { id } = await access(request.params.id, officerOf(request));
      const entries = await log.entriesOf(id);
      return {
        key: log.verifierKey,
        entries: entries.map(({ act, salt, digest, proof }) => ({
          ...{ act, digest: toBase64(digest), salt: toBase64(salt) },
          ...(proof === undefined ? {} : { proof }),
        })),
      };
    },
  );
}
