import { z } from 'zod';
import { changeRequest } from '../../core/change-request.ts';
import { deleteAllFiles } from '../../core/document-files.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import type { ApiRoute } from '../../http/route.ts';

export const deleteDocuments: ApiRoute = {
  name: 'deleteDocuments',
  method: 'DELETE',
  classic: ['/documents/:pk'],
  newer: ['/document/:pk', '/documents/:pk'],
  tag: 'documents',
  summary: 'Removes all originals and signed files of a request',
  success: { status: 200, classic: z.string() },
  refusals: [404, 409, 412],
  async handle(core, { params, dialect }) {
    const named = () => requestNamed(core, params.pk, () => 'No documents found for specified Request');
    const { pk } = named();
    await changeRequest(core, pk, () => deleteAllFiles(core, named()));
    return {
      text:
        dialect.name === 'newer' ? `Documents deleted for Request ${pk}` : 'Documents deleted successfully',
    };
  },
};
