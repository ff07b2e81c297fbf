import { z } from 'zod';
import { changeRequest } from '../../core/change-request.ts';
import { deleteDocument as deleteBoth } from '../../core/document-files.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import type { ApiRoute } from '../../http/route.ts';

export const deleteDocument: ApiRoute = {
  name: 'deleteDocument',
  method: 'DELETE',
  classic: [],
  newer: ['/document/:pk/:uid'],
  tag: 'documents',
  summary: 'Removes the original and the signed file of a document',
  success: { status: 200, classic: z.string() },
  refusals: [404, 409, 412],
  async handle(core, { params: { pk, uid = '' } }) {
    const named = () => requestNamed(core, pk, () => `Document not found with uid ${uid.slice(0, 64)}`);
    await changeRequest(core, named().pk, () => deleteBoth(core, named(), uid));
    return { text: 'Document successfully deleted' };
  },
};
