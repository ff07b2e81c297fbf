import { z } from 'zod';
import { documentKindSchema } from '../../../../contract/optimizer-api/index.ts';
import { fileOf } from '../../core/document-files.ts';
import { parseForm } from '../../core/form-body.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import type { ApiRoute } from '../../http/route.ts';

const querySchema = z.object({ document_type: documentKindSchema.optional() });

export const getDocument: ApiRoute = {
  name: 'getDocument',
  method: 'GET',
  classic: [],
  newer: ['/document/:pk/:uid'],
  tag: 'documents',
  summary: 'The file of a document; without a type the signed one where there is one',
  query: querySchema,
  success: { mediaTypes: ['application/pdf', 'application/pkcs7-mime', 'application/json'] },
  refusals: [400, 404],
  async handle(core, { params, query }) {
    const { document_type: kind } = parseForm(querySchema, query);
    const record = requestNamed(core, params.pk, () => 'Document not found');
    return fileOf(core, record, params.uid ?? '', kind);
  },
};
