/** Evidence records for many files with one time stamp (RFC 4998): `contract.pdf.ers` beside `contract.pdf`. */
import { join } from 'node:path';
import { readIfPresent, writeFileDurably } from '../../base/durable-file.ts';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { SourceAttempt } from '../../contract/model/transaction.ts';
import { openFileSource } from '../../pdf/index.ts';
import {
  type ArchiveTimestampChain,
  archiveTimestamp,
  type Certificate,
  CertificateCache,
  CertificatePool,
  digest,
  encodeEvidenceRecord,
  HashTree,
  hashOfChain,
  leafOf,
  parseEvidenceRecord,
  RevocationReader,
  type StampDigest,
  WorkBudget,
} from '../../pki/index.ts';
import { judgeRecord } from '../pades/proof/evidence-record.ts';
import { fetchIssuers, hostsNamedBy } from '../sources/fetch-issuers.ts';
import { ValidationDataGatherer } from '../sources/gather-validation-data.ts';
import type { Sources } from '../sources/http-sources.adapter.ts';
import { obtainTimestamp } from '../sources/obtain-timestamp.ts';
import { requireNotRevoked } from '../sources/require-not-revoked.ts';
import { digestFile } from '../vault/hash-file.ts';
import { lockDirectory } from '../vault/lock.ts';
import { archiveFiles, CARE_FOLDER } from './archive-files.ts';

export const RECORD_SUFFIX = '.ers';

export interface ProofOptions {
  readonly anchors: readonly Certificate[];
  readonly timestampUrls: readonly string[];
  /** Of the hash trees; another one than that of a record begins a new chain in it. */
  readonly timestampDigest: StampDigest;
  readonly sources: Sources;
  /** Records that end within so many milliseconds are renewed. */
  readonly margin: number;
  readonly now: () => Date;
  /** Why a file got no record, or its record could not be renewed. */
  readonly onTrouble: (path: string, error: OssError) => void;
  readonly onAttempt?: (attempt: SourceAttempt) => void;
}

export interface ProofSummary {
  /** Files with a first record. */
  readonly proven: number;
  readonly renewed: number;
  /** Records that last long enough. */
  readonly kept: number;
  readonly troubles: number;
  /** Time stamps that were asked for: none, or one for all. */
  readonly timestamps: number;
}

const MAX_TOKEN_BYTES = 64 * 1024;

interface Due {
  readonly path: string;
  readonly leaf: Uint8Array;
}

/**
 * Gives every PDF below a folder a record, and renews those that end, with one time stamp for all of them. Records are
 * written whole, one after the other: after a kill those that are missing get the next time stamp.
 * @throws OssError OSS_TIMESTAMP_FAILED, OSS_DATA_IN_USE
 */
export async function proveFiles(root: string, options: ProofOptions): Promise<ProofSummary> {
  const lock = await lockDirectory(join(root, CARE_FOLDER));
  try {
    const counts = { proven: 0, renewed: 0, kept: 0, troubles: 0 };
    const trouble = (path: string, error: unknown): void => {
      counts.troubles += 1;
      options.onTrouble(path, toOssError(error));
    };
    const due: Due[] = [];
    for await (const path of archiveFiles(root)) {
      try {
        const leaf = await dueLeaf(join(root, path), options);
        if (leaf) due.push({ path, leaf });
        else counts.kept += 1;
      } catch (error) {
        trouble(path, error);
      }
    }
    if (due.length === 0) return { ...counts, timestamps: 0 };
    const { timestampDigest: hash } = options;
    const tree = new HashTree(
      due.map(({ leaf }) => leaf),
      hash,
    );
    const token = await stamp(tree.root, options);
    for (const [index, { path }] of due.entries()) {
      try {
        const file = `${join(root, path)}${RECORD_SUFFIX}`;
        const chains = await chainsIn(file);
        const added = archiveTimestamp(tree.reducedFor(index), token, hash);
        const last = chains.at(-1);
        const isSameHash = last !== undefined && hashOfChain(last) === hash;
        const next = isSameHash ? [...chains.slice(0, -1), [...last, added]] : [...chains, [added]];
        await writeFileDurably(file, encodeEvidenceRecord(next));
        counts[last ? 'renewed' : 'proven'] += 1;
      } catch (error) {
        trouble(path, error);
      }
    }
    return { ...counts, timestamps: 1 };
  } finally {
    await lock.release();
  }
}

/** What the next time stamp has to cover; undefined where the record lasts long enough. */
async function dueLeaf(
  path: string,
  { anchors, now, margin, timestampDigest: hash }: ProofOptions,
): Promise<Uint8Array | undefined> {
  const chains = await chainsIn(`${path}${RECORD_SUFFIX}`);
  const last = chains.at(-1);
  if (!last) return digestFile(path, hash);
  const source = await openFileSource(path);
  const certificates = new CertificateCache();
  try {
    // A renewal does not mend what does not hold any more.
    const { report } = await judgeRecord(source, encodeEvidenceRecord(chains), {
      ...{ anchors: new CertificatePool(anchors), at: now(), certificates },
      revocation: new RevocationReader(certificates.read, new WorkBudget()),
    });
    const [flaw] = report.checks.filter(({ outcome }) => outcome !== 'passed');
    if (flaw) throw new OssError('OSS_LEVEL_NOT_POSSIBLE', { file: path, reason: flaw.sentence });
    const end = new Date(report.until ?? 0).getTime();
    if (end >= now().getTime() + margin) return undefined;
  } finally {
    await source.close();
  }
  const token = last.at(-1)?.token;
  if (token && hashOfChain(last) === hash) return digest(hash, token);
  return leafOf(await digestFile(path, hash), chains, hash);
}

async function chainsIn(path: string): Promise<readonly ArchiveTimestampChain[]> {
  const der = await readIfPresent(path);
  return der ? parseEvidenceRecord(der) : [];
}

/** Of the first authority that gives a good one, lasts longer than the margin, and was not revoked. */
async function stamp(root: Uint8Array, options: ProofOptions): Promise<Uint8Array> {
  const { anchors, timestampUrls, timestampDigest, sources, now, margin } = options;
  const certificates = new CertificateCache();
  const onAttempt = async (attempt: SourceAttempt): Promise<void> => options.onAttempt?.(attempt);
  const atHand = { crls: [], ocspResponses: [] };
  const gatherer = new ValidationDataGatherer({ atHand, source: sources, certificates, now, onAttempt });
  const { token, issuers } = await obtainTimestamp({
    ...{ digest: root, hash: timestampDigest, anchors, certificates, now, onAttempt, pool: [] },
    authorities: timestampUrls.map((url) => sources.timestampAuthority(url)),
    lastingUntil: new Date(now().getTime() + margin),
    notBefore: new Date(0),
    maxBytes: MAX_TOKEN_BYTES,
    issuersOf: (leaves) =>
      fetchIssuers(leaves, {
        known: [...anchors, ...leaves],
        hosts: hostsNamedBy([...anchors, ...leaves]),
        ...{ source: sources, certificates, onAttempt },
      }),
    requireNotRevoked: (timestamp) => requireNotRevoked(timestamp, gatherer, [], now()),
  });
  // A record holds its tokens alone: one without its issuers could not be verified from it.
  if (issuers.length > 0)
    throw new OssError('OSS_TIMESTAMP_FAILED', { reason: 'the time stamp comes without its issuers' });
  return token;
}
