/** The time-stamp authority (RFC 3161, RFC 5816, EN 319 422): one code path for HTTP and for our own signatures. */
import { OssError } from '../../contract/errors.ts';
import { wholeSeconds } from '../../contract/model/encoding.ts';
import {
  buildTimestampRejection,
  buildTimestampResponse,
  equalBytes,
  HASH_LENGTHS,
  messageImprint,
  OID,
  PkiError,
  parseTimestampRequest,
  type TimestampFailure,
  type TimestampRequest,
  timestampTokenWriter,
} from '../../pki/index.ts';
import type { Authorities } from '../ca/authority.ts';
import { newSerialNumber, type RandomBytes } from '../ca/serial-number.ts';
import type { ClockGuard } from './clock-guard.ts';

export interface TsaOptions {
  readonly authorities: Pick<Authorities, 'tsa' | 'issuing'>;
  readonly clockGuard: Pick<ClockGuard, 'now'>;
  readonly randomBytes: RandomBytes;
  /** Told of failures behind `systemFailure`, which the client must not see. */
  readonly onFailure: (error: unknown) => void;
}

export interface TimeStampAuthority {
  /** DER TimeStampReq in, DER TimeStampResp out; every refusal is a response too. */
  respond(requestDer: Uint8Array): Promise<Uint8Array>;
  /** A token over a SHA-256 digest. @throws OssError OSS_TIME_NOT_AVAILABLE, OSS_KEYS_UNAVAILABLE. */
  timestamp(digest: Uint8Array): Promise<TimeStamp>;
  /** Bytes of the largest token that `timestamp` makes. */
  largestTokenBytes(): Promise<number>;
}

export interface TimeStamp {
  /** DER. */
  readonly token: Uint8Array;
  /** As the token states it. */
  readonly genTime: Date;
}

/** Declared in every token (TS-02). */
const ACCURACY_SECONDS = 1;
/** An ECDSA signature value varies by a few bytes; nested lengths may each grow by an octet. */
const ENCODING_MARGIN = 24;
const SHA256_BYTES = 32;

class Rejection extends Error {
  readonly failure: TimestampFailure;

  constructor(failure: TimestampFailure, text: string) {
    super(text);
    this.failure = failure;
  }
}

/** @throws OssError OSS_CONFIG_UNSAFE if the TSA certificate names no policy for its tokens. */
export function createTsa(options: TsaOptions): TimeStampAuthority {
  const policy = tokenPolicy(options);
  const write = tokenWriter(options, policy);
  const issue = async (request: Wanted): Promise<TimeStamp> => {
    const genTime = wholeSeconds(trustedTime(options));
    return { genTime, token: await stamp(request, genTime, write, options) };
  };
  const respond = async (requestDer: Uint8Array): Promise<Uint8Array> => {
    try {
      const { token } = await issue(acceptRequest(requestDer, policy));
      return buildTimestampResponse(token);
    } catch (error) {
      if (error instanceof Rejection) return buildTimestampRejection(error.failure, error.message);
      options.onFailure(error);
      return buildTimestampRejection('systemFailure', 'The time-stamp authority failed.');
    }
  };
  return {
    respond,
    timestamp: async (digest) => {
      try {
        return await issue(wantedFor(digest));
      } catch (cause) {
        if (!(cause instanceof Rejection)) options.onFailure(cause);
        // A device that is lost is no matter of the clock, and what to do about it is another thing.
        if (cause instanceof OssError && cause.code === 'OSS_KEYS_UNAVAILABLE') throw cause;
        throw new OssError('OSS_TIME_NOT_AVAILABLE', {}, { cause });
      }
    },
    largestTokenBytes: async () => {
      const { notBefore } = options.authorities.tsa.certificate;
      const sample = await stamp(wantedFor(new Uint8Array(SHA256_BYTES)), notBefore, write, options);
      return sample.length + ENCODING_MARGIN;
    },
  };
}

/** Of a request what its token repeats. */
type Wanted = Pick<TimestampRequest, 'nonce' | 'certReq'> & {
  readonly imprint: Pick<TimestampRequest['imprint'], 'der'>;
};

/** What a request for this digest would ask for, with the certificates. */
const wantedFor = (digest: Uint8Array): Wanted => ({
  imprint: { der: messageImprint(digest) },
  nonce: undefined,
  certReq: true,
});

/** The policy under which the TSA was certified is the policy of its tokens. */
function tokenPolicy({ authorities }: TsaOptions): string {
  const policies = authorities.tsa.certificate.policies.map((entry) => entry.policy);
  const policy = policies.find((candidate) => candidate !== OID.anyPolicy);
  if (policy === undefined) throw new OssError('OSS_CONFIG_UNSAFE', { reason: 'tsa.pem names no policy' });
  return policy;
}

/** Every reason to refuse a request, each with its failInfo (RFC 3161 §2.4.2). */
function acceptRequest(requestDer: Uint8Array, policy: string): TimestampRequest {
  const request = readRequest(requestDer);
  if (request.version !== 1) throw new Rejection('badRequest', 'Only version 1 is known.');
  const { hashOid, hash } = request.imprint;
  const hashLength = HASH_LENGTHS[hashOid];
  if (hashLength === undefined)
    throw new Rejection('badAlg', 'The hash must be SHA-256, SHA-384 or SHA-512.');
  if (hash.length !== hashLength) throw new Rejection('badDataFormat', 'The hash has the wrong length.');
  if (request.policy !== undefined && request.policy !== policy) {
    throw new Rejection('unacceptedPolicy', `The only policy is ${policy}.`);
  }
  if (request.extensionOids.length > 0)
    throw new Rejection('unacceptedExtension', 'No extension is supported.');
  return request;
}

function readRequest(requestDer: Uint8Array): TimestampRequest {
  try {
    return parseTimestampRequest(requestDer);
  } catch (error) {
    if (error instanceof PkiError) throw new Rejection('badDataFormat', 'Not a DER TimeStampReq.');
    throw error;
  }
}

type TokenWriter = ReturnType<typeof timestampTokenWriter>;

function tokenWriter({ authorities }: TsaOptions, policy: string): TokenWriter {
  const { certificate, signer } = authorities.tsa;
  const issuing = authorities.issuing.certificate;
  const isBelowIssuing = equalBytes(certificate.issuer.der, issuing.subject.der);
  const chain = isBelowIssuing ? [issuing.der] : [];
  const issuer = { policy, accuracySeconds: ACCURACY_SECONDS, certificate: certificate.der, chain };
  return timestampTokenWriter(issuer, signer);
}

const stamp = (
  { imprint, nonce, certReq }: Wanted,
  genTime: Date,
  write: TokenWriter,
  { randomBytes }: TsaOptions,
): Promise<Uint8Array> =>
  write({
    ...{ imprint: imprint.der, nonce, genTime, embedCertificates: certReq },
    serialNumber: newSerialNumber(randomBytes),
  });

/** The guarded time, within the life of the certificate (TIS-7.7.1-09). */
function trustedTime({ clockGuard, authorities }: TsaOptions): Date {
  const now = guardedTime(clockGuard);
  if (authorities.tsa.certificate.isValidAt(now)) return now;
  throw new OssError('OSS_CONFIG_INVALID', { reason: 'the TSA certificate is outside its validity' });
}

function guardedTime(clockGuard: Pick<ClockGuard, 'now'>): Date {
  try {
    return clockGuard.now();
  } catch (error) {
    if (error instanceof OssError && error.code === 'OSS_TIME_NOT_AVAILABLE') {
      throw new Rejection('timeNotAvailable', error.message);
    }
    throw error;
  }
}
