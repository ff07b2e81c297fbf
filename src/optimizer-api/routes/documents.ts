import { z } from 'zod';
import {
  documentKindSchema,
  documentViewSchema,
  MAX_DOCUMENTS_PER_REQUEST,
  uploadDocumentsFormSchema,
  uploadedDocumentSchema,
} from '../../contract/optimizer-api/index.ts';
import { changeRequest } from '../core/change-request.ts';
import { readContract } from '../core/contract.ts';
import { deleteAllFiles, deleteDocument as deleteBoth, deleteFile, fileOf } from '../core/document-files.ts';
import { addDocuments, listDocuments as documentsOf } from '../core/documents.ts';
import { parseForm } from '../core/form-body.ts';
import { Refusal } from '../core/refusal.ts';
import { requestNamed } from '../core/request-lookup.ts';
import type { ApiRoute } from './route.ts';

const deleteDocument: ApiRoute = {
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

const deleteDocuments: ApiRoute = {
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
      text: dialect === 'newer' ? `Documents deleted for Request ${pk}` : 'Documents deleted successfully',
    };
  },
};

const deleteTypedDocument: ApiRoute = {
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

const getContract: ApiRoute = {
  name: 'getContract',
  method: 'GET',
  classic: ['/document/:pk/contract'],
  newer: ['/contract/:pk', '/document/:pk/contract'],
  tag: 'documents',
  summary: 'The service contract that the signer agrees to',
  success: { mediaTypes: ['application/pdf'] },
  refusals: [404, 412],
  handle: async (core, { params }) =>
    readContract(
      core,
      requestNamed(core, params.pk, (name) => `Request ${name} not found`),
    ),
};

const querySchema = z.object({ document_type: documentKindSchema.optional() });

const getDocument: ApiRoute = {
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

const getTypedDocument: ApiRoute = {
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

const listDocuments: ApiRoute = {
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

const newerViewSchema = z.object({ name: z.string(), uid: z.string() });

const uploadDocuments: ApiRoute = {
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
    // One more than allowed, so that the response says what is wrong.
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

/** Calls below documents. */
export const DOCUMENTS_ROUTES: readonly ApiRoute[] = [
  deleteDocument,
  deleteDocuments,
  deleteTypedDocument,
  getContract,
  getDocument,
  getTypedDocument,
  listDocuments,
  uploadDocuments,
];
