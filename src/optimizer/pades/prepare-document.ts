import type { Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import {
  type ImportedDocument,
  isLongTerm,
  type PreparedDocument,
  type SignatureLevel,
} from '../../contract/model/transaction.ts';
import {
  appendUpdate,
  openPdf,
  planSignatureUpdate,
  type SignatureUpdate,
  sourceOfHandle,
} from '../../pdf/index.ts';
import type { Typefaces } from '../../typography/typefaces.ts';
import { describeVisible } from '../appearance/describe-visible.ts';
import type { AppearanceValues } from '../appearance/fill-variables.ts';
import { rehearseUpdate } from './rehearse-signature.ts';

/** What the update is made from; survives cloning. */
export interface PlaceholderOptions {
  /** The vault copy: original bytes, perhaps followed by an update of an earlier preparation. */
  readonly path: string;
  readonly document: Pick<ImportedDocument, 'bytes' | 'options'>;
  readonly level: SignatureLevel;
  /** Bytes of DER for which /Contents leaves room. */
  readonly contentsCapacity: number;
  /** What the variables of a visible signature stand for. */
  readonly values: AppearanceValues;
  readonly password?: string;
}

type Placeholder = Omit<PreparedDocument, 'digest' | 'claimedSigningTime'> & { readonly digest: Uint8Array };

/**
 * The incremental update with the placeholder for /Contents; the vault copy is only read.
 * @throws OssError OSS_PDF_*, OSS_FILE_CHANGED
 */
export async function planSignaturePlaceholder(
  { path, document, values, level, contentsCapacity, password }: PlaceholderOptions,
  typefaces: Typefaces,
): Promise<SignatureUpdate> {
  const { visible, fieldName, reason, location, certify, futureFields } = document.options;
  const file = await open(path, 'r');
  try {
    const source = await sourceOfHandle(file, document.bytes);
    const access = password === undefined ? {} : { password };
    const pdf = await openPdf(source, access);
    const update = await planSignatureUpdate(pdf, {
      claimedSigningTime: values.at,
      contentsCapacity,
      // A field of the author may demand either (ISO 32000-2 table 237).
      timestamped: level !== 'B-B',
      validationData: isLongTerm(level),
      ...(fieldName === undefined ? {} : { fieldName }),
      ...(reason === undefined ? {} : { reason }),
      ...(location === undefined ? {} : { location }),
      ...(certify === undefined ? {} : { certify }),
      ...(futureFields === undefined ? {} : { futureFields }),
      ...(visible === undefined ? {} : { visible: await describeVisible(visible, values, typefaces) }),
    });
    await rehearseUpdate(source, update, { level, ...access });
    return update;
  } finally {
    await file.close();
  }
}

/**
 * Appends the incremental update to the vault copy and computes the ByteRange digest from the hash state of
 * the import: the original is hashed once, however often it is prepared (ISO 32000-2 §12.8.1).
 * @param bytes of the original
 * @param prefixHash SHA-256 after the original bytes; copied, not consumed
 * @throws OssError OSS_FILE_WRITE_FAILED
 */
export async function appendSignaturePlaceholder(
  path: string,
  bytes: number,
  update: SignatureUpdate,
  prefixHash: Hash,
): Promise<Placeholder> {
  const file = await open(path, 'r+');
  try {
    // What an earlier preparation appended goes.
    if ((await file.stat()).size !== bytes) await file.truncate(bytes);
    const digest = await appendUpdate(file, update, prefixHash);
    await file.datasync();
    const { fieldName, byteRange, contentsOffset, contentsLength } = update;
    return { fieldName, byteRange, contentsOffset, contentsLength, digest };
  } finally {
    await file.close();
  }
}
