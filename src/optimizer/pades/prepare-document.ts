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
  type ByteSource,
  openPdf,
  planSignatureUpdate,
  type SignatureUpdate,
  sourceOfHandle,
  type Typefaces,
} from '../../pdf/index.ts';
import { describeVisible } from '../appearance/describe-visible.ts';
import type { AppearanceValues } from '../appearance/fill-variables.ts';
import { rehearseUpdate } from '../preflight/rehearse-signature.ts';

interface HoleRequest {
  /** The vault copy: original bytes, perhaps followed by an update of an earlier preparation. */
  readonly path: string;
  readonly document: Pick<ImportedDocument, 'bytes' | 'options'>;
  /** SHA-256 after the original bytes; copied, not consumed. */
  readonly prefixHash: Hash;
  readonly level: SignatureLevel;
  /** Bytes of DER for which /Contents leaves room. */
  readonly contentsCapacity: number;
  readonly typefaces: Typefaces;
  /** What the variables of a visible signature stand for. */
  readonly values: AppearanceValues;
  readonly password?: string;
}

type Hole = Omit<PreparedDocument, 'digest' | 'claimedSigningTime'> & { readonly digest: Uint8Array };

/**
 * Appends the incremental update to the vault copy and computes the ByteRange digest from the hash state of
 * the import: the original is hashed once, however often it is prepared (ISO 32000-2 §12.8.1).
 * @throws OssError OSS_PDF_*
 */
export async function appendSignatureHole(request: HoleRequest): Promise<Hole> {
  const { path, document } = request;
  const file = await open(path, 'r+');
  try {
    const [{ size }, source] = await Promise.all([file.stat(), sourceOfHandle(file, document.bytes)]);
    // What an earlier preparation appended goes.
    if (size !== document.bytes) await file.truncate(document.bytes);
    const update = await planUpdate(source, request);
    const digest = await appendUpdate(file, update, request.prefixHash);
    await file.datasync();
    const { fieldName, byteRange, contentsOffset, contentsLength } = update;
    return { fieldName, byteRange, contentsOffset, contentsLength, digest };
  } finally {
    await file.close();
  }
}

async function planUpdate(source: ByteSource, request: HoleRequest): Promise<SignatureUpdate> {
  const { visible, fieldName, reason, location } = request.document.options;
  const access = request.password === undefined ? {} : { password: request.password };
  const pdf = await openPdf(source, access);
  const update = await planSignatureUpdate(pdf, {
    claimedSigningTime: request.values.at,
    contentsCapacity: request.contentsCapacity,
    // A field of the author may demand either (ISO 32000-2 table 237).
    timestamped: request.level !== 'B-B',
    validationData: isLongTerm(request.level),
    ...(fieldName === undefined ? {} : { fieldName }),
    ...(reason === undefined ? {} : { reason }),
    ...(location === undefined ? {} : { location }),
    ...(visible === undefined
      ? {}
      : { visible: await describeVisible(visible, request.values, request.typefaces) }),
  });
  await rehearseUpdate(source, update, { level: request.level, ...access });
  return update;
}
