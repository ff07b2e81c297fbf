import { z } from 'zod';
import { documentKindSchema } from '../../../../contract/optimizer-api/index.ts';
import { changeRequest } from '../../core/change-request.ts';
import { deleteFile } from '../../core/document-files.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import { Refusal } from '../../http/refusal.ts';
import type { ApiRoute } from '../../http/route.ts';

export const deleteTypedDocument: ApiRoute = {
  name: 'deleteTypedDocument',
  method: 'DELETE',
  classic: ['/document/:pk/:type/:uid'],
  newer: ['/document/:pk/:type/:uid'],
  tag: 'documents',
  summary: 'Removes the original or the signed file',
  success: { status: 200, classic: z.string() },
  refusals: [404, 409, 412],
  async handle(core, { params: { pk, uid = '', type = '' } }) {
    const notFound = (): string =>
      `Document not found with uid ${uid.slice(0, 64)} and type ${type.slice(0, 20)}`;
    const kind = documentKindSchema.safeParse(type);
    if (!kind.success) throw new Refusal(404, notFound());
    const named = () => requestNamed(core, pk, notFound);
    await changeRequest(core, named().pk, () => deleteFile(core, named(), uid, kind.data));
    return { text: 'Document successfully deleted' };
  },
};
