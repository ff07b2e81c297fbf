import { documentKindSchema } from '../../../../contract/optimizer-api/index.ts';
import { fileOf } from '../../core/document-files.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import { Refusal } from '../../http/refusal.ts';
import type { ApiRoute } from '../../http/route.ts';

export const getTypedDocument: ApiRoute = {
  name: 'getTypedDocument',
  method: 'GET',
  classic: ['/document/:pk/:type/:uid'],
  newer: ['/document/:pk/:type/:uid'],
  tag: 'documents',
  summary: 'The original or the signed file: `type` is original or signed',
  success: { mediaTypes: ['application/pdf', 'application/pkcs7-mime', 'application/json'] },
  refusals: [404],
  async handle(core, { params }) {
    const kind = documentKindSchema.safeParse(params.type);
    if (!kind.success) throw new Refusal(404, 'Document not found');
    const record = requestNamed(core, params.pk, () => 'Document not found');
    return fileOf(core, record, params.uid ?? '', kind.data);
  },
};
