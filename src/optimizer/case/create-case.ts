import { resolve } from 'node:path';
import { OssError, toOssError } from '../../contract/errors.ts';
import {
  type CaseDocument,
  type CaseOrder,
  type CaseRecord,
  MAX_SIGNERS,
  type SignerDocument,
} from '../../contract/model/case.ts';
import { toBase64 } from '../../contract/model/encoding.ts';
import type { Identity } from '../../contract/model/identity.ts';
import { MAX_DOCUMENTS } from '../../contract/model/manifest.ts';
import type { Certification, SignatureLevel } from '../../contract/model/transaction.ts';
import { copyIntoVault } from '../vault/import-document.ts';
import type { CaseStore } from './case-store.ts';

export interface NewCaseDocument {
  readonly path: string;
  /** What people call it, where the file has another name. */
  readonly name?: string;
}

export interface NewCaseSigner {
  readonly identity: Identity;
  /** A seal of the service, of the organisation that `identity` names (`Optimizer.sealSigner`). */
  readonly seal?: string;
  readonly profile?: string;
  /** What they sign, and where it is seen; without it all documents, invisibly. */
  readonly documents?: readonly SignerDocument[];
}

export interface NewCase {
  readonly documents: readonly NewCaseDocument[];
  readonly signers: readonly NewCaseSigner[];
  readonly order?: CaseOrder;
  readonly profile: string;
  readonly registrationAuthority: string;
  readonly level?: SignatureLevel;
  readonly organisation?: string;
  readonly officer?: string;
  /** Folder for the signed files; absent means beside each original. */
  readonly deliverTo?: string;
  readonly certification?: Certification;
}

/**
 * Copies the documents and writes the record. Whether each can be signed is asked by the first transaction.
 * @throws OssError OSS_REQUEST_INVALID naming the field; OSS_FILE_NOT_FOUND, OSS_PDF_EMPTY, OSS_FILE_WRITE_FAILED
 */
export async function createCase(store: CaseStore, input: NewCase, at: Date): Promise<CaseRecord> {
  checkCase(input);
  const id = store.newId();
  const { profile, registrationAuthority, level, organisation, officer, deliverTo, certification } = input;
  try {
    await store.createFolder(id);
    const documents: CaseDocument[] = [];
    for (const [index, document] of input.documents.entries())
      documents.push(await keep(document, store.documentPath(id, index)));
    const everything = documents.map((_, document) => ({ document, options: {} }));
    const record: CaseRecord = {
      format: 'one-shot-case-1',
      id,
      order: input.order ?? 'inOrder',
      profile,
      registrationAuthority,
      ...(level === undefined ? {} : { level }),
      ...(organisation === undefined ? {} : { organisation }),
      ...(officer === undefined ? {} : { officer }),
      ...(deliverTo === undefined ? {} : { deliverTo: resolve(deliverTo) }),
      ...(certification === undefined ? {} : { certification }),
      documents,
      signers: input.signers.map(({ identity, seal, profile: own, documents: theirs = everything }) => ({
        identity,
        ...(seal === undefined ? {} : { seal }),
        ...(own === undefined ? {} : { profile: own }),
        documents: [...theirs],
        attempts: [],
      })),
      events: [{ at: at.toISOString(), type: 'created' }],
    };
    await store.write(record);
    return record;
  } catch (error) {
    await store.remove(id);
    throw error;
  }
}

function checkCase({ documents, signers }: NewCase): void {
  const refuse = (reason: string): never => {
    throw new OssError('OSS_REQUEST_INVALID', { reason });
  };
  if (signers.length === 0 || signers.length > MAX_SIGNERS)
    refuse(`a case has one to ${MAX_SIGNERS} signers`);
  if (documents.length === 0 || documents.length > MAX_DOCUMENTS)
    refuse(`a case has one to ${MAX_DOCUMENTS} documents`);
  for (const [index, { documents: theirs }] of signers.entries()) {
    const asked = (theirs ?? []).map(({ document }) => document);
    const isKnown = asked.every((document) => document < documents.length);
    if (theirs?.length === 0 || !isKnown || new Set(asked).size !== asked.length)
      refuse(`signers.${index}.documents`);
  }
  // Two people with one document would be one person who signs twice with two codes.
  const people = signers.map(({ identity: { idDocument } }) => Object.values(idDocument).join(' '));
  if (new Set(people).size !== people.length) refuse('the same person is named twice among the signers');
}

async function keep({ path, name }: NewCaseDocument, target: string): Promise<CaseDocument> {
  try {
    const { bytes, sha256, name: own } = await copyIntoVault(path, target);
    return { name: name ?? own, sourcePath: resolve(path), bytes, sha256: toBase64(sha256) };
  } catch (thrown) {
    const error = toOssError(thrown);
    throw new OssError(error.code, { ...error.details, file: path }, { cause: error });
  }
}
