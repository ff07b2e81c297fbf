/** A document time stamp over everything that the file holds (EN 319 142-1 §5.4.3). */
import { planDocumentTimestamp, planValidationData } from '../../pdf/index.ts';
import type { Certificate } from '../../pki/index.ts';
import { fetchIssuers, hostsNamedBy } from '../sources/fetch-issuers.ts';
import type { ValidationDataGatherer } from '../sources/gather-validation-data.ts';
import { obtainTimestamp, TokenTooLarge } from '../sources/obtain-timestamp.ts';
import { requireNotRevoked } from '../sources/require-not-revoked.ts';
import type { AugmentOptions } from './augment-options.ts';
import type { GrowingFile } from './growing-file.ts';
import type { JudgedFile } from './verify-file.ts';

/** Room for a token with the certificates of its authority; a larger one shows how much it needs. */
const USUAL_TOKEN_BYTES = 16 * 1024;
/** The next token of an authority may be larger than this one: its serial number and nonce vary. */
const ROOM_TO_VARY = 256;
/** One to learn of each: the size of the token, the issuers that it lacks. */
const MAX_ATTEMPTS = 4;

/**
 * Appends the time stamp of the first authority that gives a good one, whose authority nobody revoked. What its
 * validation needs beside it is put into the file before it, so that the time stamp covers that, too.
 * @throws OssError OSS_TIMESTAMP_FAILED, OSS_PDF_*
 */
export async function stampDocument(
  file: GrowingFile,
  judged: JudgedFile,
  gatherer: ValidationDataGatherer,
  options: AugmentOptions,
): Promise<void> {
  const { certificates, source, onAttempt, anchors } = options;
  const { offered } = judged;
  const pool = [...offered.pool];
  let contentsCapacity = USUAL_TOKEN_BYTES;
  for (let attempt = 1; ; attempt += 1) {
    const { size } = file;
    const update = await file.read((pdf) => planDocumentTimestamp(pdf, { contentsCapacity }));
    let missing: readonly Certificate[] = [];
    try {
      await file.appendSealed(update, async (digest) => {
        const { token, issuers } = await obtainTimestamp({
          ...options,
          digest,
          ...(options.timestampDigest && { hash: options.timestampDigest }),
          authorities: options.timestampAuthorities,
          pool,
          maxBytes: contentsCapacity,
          notBefore: lastProvenTime(judged),
          issuersOf: (leaves) =>
            fetchIssuers(leaves, {
              known: [...anchors, ...leaves, ...pool],
              // The authority is one of the settings: what it names may be asked.
              hosts: hostsNamedBy([...anchors, ...leaves]),
              source,
              certificates,
              onAttempt,
            }),
          requireNotRevoked: (timestamp) =>
            requireNotRevoked(timestamp, gatherer, offered.materials, options.now()),
        });
        if (issuers.length > 0) missing = issuers;
        return token;
      });
      if (missing.length === 0) return;
    } catch (error) {
      if (!(error instanceof TokenTooLarge) || attempt === MAX_ATTEMPTS) throw error;
      contentsCapacity = error.bytes + ROOM_TO_VARY;
    }
    await file.truncate(size);
    if (missing.length > 0) await keepIssuers(file, missing, pool);
  }
}

/** Into the file, where the next time stamp of the same authority finds them. */
async function keepIssuers(
  file: GrowingFile,
  issuers: readonly Certificate[],
  pool: Certificate[],
): Promise<void> {
  pool.push(...issuers);
  const data = { certificates: issuers.map(({ der }) => der), crls: [], ocspResponses: [] };
  const update = await file.read((pdf) => planValidationData(pdf, data));
  if (update) await file.append(update.appended);
}

function lastProvenTime({ offered, signatures }: JudgedFile): Date {
  const proven = [
    ...signatures.map(({ report }) => Date.parse(report.provenTime ?? '')),
    ...offered.proofs.map(({ timestamp }) => timestamp.genTime.getTime()),
  ].filter((time) => !Number.isNaN(time));
  return new Date(Math.max(0, ...proven));
}
