import { resolve } from 'node:path';
import { OssError, toOssError } from '../../contract/errors.ts';
import { toBase64 } from '../../contract/model/encoding.ts';
import type { Identity } from '../../contract/model/identity.ts';
import { MAX_DOCUMENTS } from '../../contract/model/manifest.ts';
import { USUAL_LEVEL } from '../../contract/model/signature-level.ts';
import type { ImportedDocument, SignatureLevel, SignatureOptions } from '../../contract/model/transaction.ts';
import type { TransactionEvent } from '../journal/events.ts';
import { Journal } from '../journal/journal.ts';
import type { WorkOptions } from '../progress.ts';
import { appendToVaultCopy, copyIntoVault } from '../vault/import-document.ts';
import { newTransactionId } from '../vault/transaction-id.ts';
import type { StepContext } from './context.ts';
import type { TransactionIndex } from './transaction-index.ts';

export interface NewDocument {
  readonly path: string;
  /** What people call it, where the file has another name. */
  readonly name?: string;
  /** Opens an encrypted document; kept in memory only. */
  readonly password?: string;
  readonly options?: SignatureOptions;
}

export interface NewTransaction {
  /** Chosen by who writes it down first (`newTransactionId`); without it a new one. */
  readonly id?: string;
  /** The case whose signer this is. */
  readonly case?: string;
  readonly identity: Identity;
  /** A seal of the service signs in the name of the organisation that `identity` names. */
  readonly seal?: string;
  /** May be empty: a registered transaction takes documents until a code has been used. */
  readonly documents: readonly NewDocument[];
  /** Whose credentials stand behind it, where the station serves several officers. */
  readonly officer?: string;
  readonly profile: string;
  readonly registrationAuthority: string;
  /** Reached, or nothing is delivered. Without it the usual one: B-LT where the service sends the data, otherwise B-T. */
  readonly level?: SignatureLevel;
  readonly organisation?: string;
  /** Folder for the signed files; absent means beside each original. */
  readonly deliverTo?: string;
}

/**
 * Copies the documents into the vault, refuses what cannot be signed, and opens the journal.
 * On failure nothing of the transaction remains on disk.
 * @throws OssError OSS_PDF_*, OSS_FILE_NOT_FOUND, OSS_DUPLICATE_DOCUMENT; `details.file` names the document
 */
export async function createTransaction(
  context: Pick<StepContext, 'vault' | 'documentWork' | 'memory' | 'now'> & {
    readonly index: TransactionIndex;
  },
  input: NewTransaction,
  work: WorkOptions = {},
): Promise<Journal> {
  if (input.documents.length > MAX_DOCUMENTS) {
    throw new OssError('OSS_REQUEST_INVALID', {
      reason: `a transaction has at most ${MAX_DOCUMENTS} documents`,
    });
  }
  const { vault, index, now } = context;
  const level = input.level ?? USUAL_LEVEL.withData;
  const id = input.id ?? newTransactionId();
  await index.begin(id);
  try {
    await vault.createFolder(id);
    const documents: ImportedDocument[] = [];
    for (const [index, document] of input.documents.entries()) {
      documents.push(
        await importDocument(
          context,
          vault.documentPath(id, index),
          document,
          { slot: index, of: input.documents.length, level },
          work,
        ),
      );
    }
    refuseDuplicates(documents);
    const journal = await Journal.create(vault.journalPath(id), now, (write) => vault.makingRoom(id, write));
    const { identity, profile, registrationAuthority, organisation, deliverTo, officer } = input;
    const created: TransactionEvent = {
      type: 'created',
      id,
      identity,
      profile,
      registrationAuthority,
      level,
      ...(input.level === undefined ? { levelIsUsual: true } : {}),
      documents,
      ...(organisation === undefined ? {} : { organisation }),
      ...(deliverTo === undefined ? {} : { deliverTo: resolve(deliverTo) }),
      ...(officer === undefined ? {} : { officer }),
      ...(input.seal === undefined ? {} : { seal: input.seal }),
      ...(input.case === undefined ? {} : { case: input.case }),
    };
    await journal.append(created);
    return journal;
  } catch (error) {
    await vault.remove(id);
    await index.remove([id]);
    throw error;
  }
}

/** Copies one document into its slot of the vault and refuses what cannot be signed. */
export async function importDocument(
  { documentWork, memory }: Pick<StepContext, 'documentWork' | 'memory'>,
  vaultPath: string,
  { path, name, password, options = {} }: NewDocument,
  { slot, of, level }: { readonly slot: number; readonly of: number; readonly level: SignatureLevel },
  work: WorkOptions,
): Promise<ImportedDocument> {
  try {
    const copy = await copyIntoVault(path, vaultPath, {
      onProgress: (bytes, totalBytes) =>
        work.onProgress?.({ step: 'importing', document: slot, documents: of, bytes, totalBytes }),
      ...(work.signal ? { signal: work.signal } : {}),
    });
    const { repair, ...found } = await documentWork.run(
      'examine',
      {
        path: vaultPath,
        level,
        ...(password === undefined ? {} : { password }),
        ...(options.fieldName === undefined ? {} : { fieldName: options.fieldName }),
      },
      work.signal ? { signal: work.signal } : {},
    );
    if (repair) await appendToVaultCopy(vaultPath, copy, repair);
    memory.prefixHashes.set(slot, copy.hash);
    if (password !== undefined) memory.passwords.set(slot, password);
    return {
      name: name ?? copy.name,
      sourcePath: resolve(path),
      bytes: copy.bytes + (repair?.length ?? 0),
      sha256: toBase64(copy.sha256),
      pages: found.pages,
      earlierSignatures: found.earlierSignatures,
      notes: [...found.notes],
      options,
    };
  } catch (thrown) {
    const error = toOssError(thrown);
    throw new OssError(error.code, { ...error.details, file: path }, { cause: error });
  }
}

function refuseDuplicates(documents: readonly ImportedDocument[]): void {
  const seen = new Map<string, string>();
  for (const { sha256, name } of documents) {
    const earlier = seen.get(sha256);
    if (earlier !== undefined)
      throw new OssError('OSS_DUPLICATE_DOCUMENT', { file: name, reason: `same as ${earlier}` });
    seen.set(sha256, name);
  }
}
