import type { Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ImportedDocument, PreparedDocument } from '../../contract/model/transaction.ts';
import {
  appendUpdate,
  openFileSource,
  openPdf,
  planSignatureUpdate,
  type SignatureUpdate,
} from '../../pdf/index.ts';

interface HoleRequest {
  /** The vault copy: original bytes, perhaps followed by an update of an earlier preparation. */
  readonly path: string;
  readonly document: ImportedDocument;
  /** SHA-256 after the original bytes; copied, not consumed. */
  readonly prefixHash: Hash;
  readonly claimedSigningTime: Date;
  /** Bytes of DER for which /Contents leaves room. */
  readonly contentsCapacity: number;
  readonly signatureFont: () => Promise<Uint8Array>;
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
    await file.truncate(document.bytes);
    const update = await planUpdate(request);
    const digest = await appendUpdate(file, update, request.prefixHash);
    await file.datasync();
    const { fieldName, byteRange, contentsOffset, contentsLength } = update;
    return { fieldName, byteRange, contentsOffset, contentsLength, digest };
  } finally {
    await file.close();
  }
}

async function planUpdate(request: HoleRequest): Promise<SignatureUpdate> {
  const { visible, fieldName, reason, location } = request.document.options;
  const source = await openFileSource(request.path);
  try {
    const pdf = await openPdf(source, request.password === undefined ? {} : { password: request.password });
    return await planSignatureUpdate(pdf, {
      claimedSigningTime: request.claimedSigningTime,
      contentsCapacity: request.contentsCapacity,
      ...(fieldName === undefined ? {} : { fieldName }),
      ...(reason === undefined ? {} : { reason }),
      ...(location === undefined ? {} : { location }),
      ...(visible === undefined
        ? {}
        : {
            visible: {
              page: visible.page,
              rectangle: visible.rectangle,
              font: await request.signatureFont(),
              ...(visible.text === undefined ? {} : { text: visible.text }),
              ...(visible.png === undefined ? {} : { png: Buffer.from(visible.png, 'base64') }),
            },
          }),
    });
  } finally {
    await source.close();
  }
}
