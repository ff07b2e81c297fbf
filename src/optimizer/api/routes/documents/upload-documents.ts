import { z } from 'zod';
import {
  MAX_DOCUMENTS_PER_REQUEST,
  uploadDocumentsFormSchema,
  uploadedDocumentSchema,
} from '../../../../contract/optimizer-api/index.ts';
import { changeRequest } from '../../core/change-request.ts';
import { addDocuments } from '../../core/documents.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import type { ApiRoute } from '../../http/route.ts';

const newerViewSchema = z.object({ name: z.string(), uid: z.string() });

export const uploadDocuments: ApiRoute = {
  name: 'uploadDocuments',
  method: 'POST',
  classic: ['/document/:pk', '/documents/:pk'],
  newer: ['/document/:pk', '/documents/:pk'],
  tag: 'documents',
  summary: `Takes PDF documents (parts of any name) or digests (parts \`hashfile\`), at most ${MAX_DOCUMENTS_PER_REQUEST} for a request; all of a call or none`,
  body: { media: ['multipart/form-data'], classic: uploadDocumentsFormSchema },
  success: {
    status: 200,
    names: { uid: { classic: '', newer: '/uid' } },
    classic: z.union([z.string(), z.array(uploadedDocumentSchema)]),
    newer: z.union([newerViewSchema, z.array(newerViewSchema)]),
  },
  refusals: [404, 409, 412, 415, 422],
  async handle(core, call) {
    const named = () =>
      requestNamed(
        core,
        call.params.pk,
        (name) => `Cannot upload document: Request ${name} not found on disk`,
      );
    const { pk } = named();
    // One more than allowed, so that the answer says what is wrong.
    const form = await call.form({
      fileBytes: core.policy.maxFileBytes,
      files: MAX_DOCUMENTS_PER_REQUEST + 1,
    });
    const added = await changeRequest(core, pk, () => addDocuments(core, named(), form));
    const views = added.map(({ key, uid }) => ({ name: key, uid }));
    const message = added.length === 1 ? 'Document uploaded' : 'Documents uploaded';
    return added.length === 1
      ? { value: added[0]?.uid, newer: views[0], message }
      : { value: added, newer: views, message };
  },
};
