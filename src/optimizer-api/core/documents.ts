import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import {
  type DocumentView,
  MAX_DOCUMENTS_PER_REQUEST,
  type UploadedDocument,
} from '../../contract/optimizer-api/index.ts';
import type { ApiRequestRecord, DocumentRecord } from '../store/records.ts';
import { type ApiCore, keyOfDocument } from './api-core.ts';
import { documentDate } from './dates.ts';
import { mediaTypeOf } from './file-type.ts';
import { digestOfHashFile } from './hash-file.ts';
import { Refusal } from './refusal.ts';
import { transactionOf } from './request-lookup.ts';
import { stateOf } from './request-state.ts';
import { withoutStrays } from './stray-slots.ts';
import type { Form, Upload } from './uploaded-form.ts';

const HASH_PART = /^hashfile/i;
const MAX_HASH_FILE_BYTES = 64 * 1024;

type NewFile =
  | { readonly kind: 'pdf'; readonly upload: Upload }
  | { readonly kind: 'hash'; readonly upload: Upload; readonly digest: string };

/**
 * Takes the files of a form into the request: all of them or none.
 * @throws Refusal 400, 412, 415; OssError OSS_PDF_*
 */
export async function addDocuments(
  core: ApiCore,
  record: ApiRequestRecord,
  form: Form,
): Promise<UploadedDocument[]> {
  const { pk } = record;
  const before = await transactionOf(core, record);
  if (stateOf(record, before) !== 'ENROLLREADY') throw new Refusal(412, 'Invalid request status');
  const transaction = await withoutStrays(core, pk, before);
  if (form.uploads.length === 0) throw new Refusal(400, "Missing required parameter: 'file'");
  const present = core.records.documents.entries(`${pk}/`).length;
  if (present + form.uploads.length > MAX_DOCUMENTS_PER_REQUEST) {
    throw new Refusal(400, `Maximum number of document reached for Request ${pk}`);
  }
  const files: NewFile[] = [];
  for (const upload of form.uploads) files.push(await recognise(upload));
  const added: DocumentRecord[] = [];
  try {
    for (const file of files) added.push(await addOne(core, pk, transaction.id, file));
    core.store.atomically(() => {
      for (const document of added) core.records.documents.put(keyOfDocument(pk, document.uid), document);
    });
  } catch (error) {
    // What cannot be taken out now is taken out before anything else is done with it.
    await withoutStrays(core, pk, await core.optimizer.get(transaction.id)).catch((cause: unknown) =>
      core.log(`request ${pk}, whose upload failed`, cause),
    );
    throw error;
  }
  return added.map(({ uid, filename, sha256 }, index) => ({
    key: form.uploads[index]?.key ?? '',
    uid,
    filename,
    digest: sha256,
  }));
}

/** By content, not by name or announced type: both are often missing or wrong. */
async function recognise(upload: Upload): Promise<NewFile> {
  if (HASH_PART.test(upload.key)) {
    if (upload.size > MAX_HASH_FILE_BYTES) throw new Refusal(413, `File too large: ${upload.key}`);
    return { kind: 'hash', upload, digest: digestOfHashFile(await readFile(upload.path, 'utf8')) };
  }
  if (mediaTypeOf(upload.head) !== 'application/pdf') {
    throw new Refusal(415, `Unsupported file type: ${upload.filename}`);
  }
  return { kind: 'pdf', upload };
}

async function addOne(
  { optimizer, files, now }: ApiCore,
  pk: number,
  transactionId: string,
  file: NewFile,
): Promise<DocumentRecord> {
  const { filename, size, sha256, path } = file.upload;
  const uid = randomUUID();
  const [ext, mime] = file.kind === 'pdf' ? ['.pdf', 'application/pdf'] : ['.json', 'application/json'];
  const stored = files.documentPath(pk, uid, ext);
  await files.keep(path, stored);
  const name = filename.toLowerCase().endsWith(ext) ? filename : `${filename}${ext}`;
  try {
    const slot = await (file.kind === 'pdf'
      ? optimizer.addDocument(transactionId, { path: stored, name })
      : optimizer.addHash(transactionId, { name, digest: file.digest }));
    return {
      uid,
      pk,
      kind: file.kind,
      filename,
      ext,
      mime,
      size,
      sha256,
      slot,
      uploadedAt: now().toISOString(),
    };
  } catch (error) {
    await rm(stored, { force: true });
    throw error;
  }
}

/** @throws Refusal 404 where there is none */
export function listDocuments({ records }: ApiCore, pk: number): Record<string, DocumentView> {
  const documents = records.documents.list(`${pk}/`);
  if (documents.length === 0) throw new Refusal(404, 'No documents found for specified Request');
  return Object.fromEntries(
    documents.map(({ uid, uploadedAt, ext, size, mime, filename }) => [
      uid,
      { upload_date: documentDate(new Date(uploadedAt)), ext, size, mime, filename },
    ]),
  );
}
