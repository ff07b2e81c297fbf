/** Raising a signature reads documents and answers of strangers; what it needs from the network it asks for. */
import type { LongTermLevel, SourceAttempt } from '../../contract/model/transaction.ts';
import type { ValidationData } from '../../pdf/index.ts';
import type { StampDigest } from '../../pki/index.ts';
import { augmentFile } from '../pades/augment.ts';
import type { Sources } from '../sources/http-sources.adapter.ts';
import { certificates } from './kept.ts';
import type { Outside } from './outside.ts';
import type { JobTools } from './run-options.ts';

export interface AugmentInput {
  /** Appended to in place; after a failure it is as it was, unless the process was stopped. */
  readonly path: string;
  readonly level: LongTermLevel;
  readonly fields?: readonly string[];
  /** DER of the roots. */
  readonly anchors: readonly Uint8Array[];
  readonly shipped?: ValidationData;
  /** Asked in this order. */
  readonly timestampUrls: readonly string[];
  readonly timestampDigest?: StampDigest;
  readonly lastingUntil?: Date;
  /** The time now. */
  readonly at: Date;
  readonly password?: string;
}

interface Question {
  readonly url: string;
  readonly request: Uint8Array;
}

/** What the job asks, answered by the sources of the process that gave it. */
export const responsesOf = (
  sources: Sources,
  onAttempt: (attempt: SourceAttempt) => Promise<void>,
): Outside => ({
  crl: (url: string) => sources.crl(url),
  ocsp: ({ url, request }: Question) => sources.ocsp(url, request),
  certificate: (url: string) => sources.certificate(url),
  timestamp: ({ url, request }: Question) => sources.timestampAuthority(url).query(request),
  attempt: onAttempt,
});

export async function augmentInWork(
  { path, anchors, timestampUrls, at, ...options }: AugmentInput,
  { ask }: JobTools,
): Promise<undefined> {
  const bytes = async (question: string, argument: unknown): Promise<Uint8Array> =>
    (await ask(question, argument)) as Uint8Array;
  const ahead = at.getTime() - Date.now();
  await augmentFile(path, {
    ...options,
    anchors: anchors.map(certificates.read),
    certificates,
    source: {
      crl: (url) => bytes('crl', url),
      ocsp: (url, request) => bytes('ocsp', { url, request }),
      certificate: (url) => bytes('certificate', url),
    },
    timestampAuthorities: timestampUrls.map((url) => ({
      url,
      query: (request) => bytes('timestamp', { url, request }),
    })),
    now: () => new Date(Date.now() + ahead),
    onAttempt: async (attempt) => void (await ask('attempt', attempt)),
  });
  return undefined;
}
