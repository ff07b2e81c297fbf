import { z } from 'zod';
import { documentViewSchema } from '../../../../contract/optimizer-api/index.ts';
import { listDocuments as documentsOf } from '../../core/documents.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import type { ApiRoute } from '../../http/route.ts';

export const listDocuments: ApiRoute = {
  name: 'listDocuments',
  method: 'GET',
  classic: ['/documents/:pk'],
  newer: ['/documents/:pk'],
  tag: 'documents',
  summary: 'The documents of a request',
  success: { status: 200, classic: z.record(z.string(), documentViewSchema) },
  refusals: [404],
  async handle(core, { params }) {
    const { pk } = requestNamed(core, params.pk, () => 'No documents found for specified Request');
    return { value: documentsOf(core, pk), message: `Documents of Request ${pk}` };
  },
};
