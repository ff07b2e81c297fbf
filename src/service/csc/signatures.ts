/** What an authorisation is used for: signDoc of one-shot credentials, signHash of seals (CSC API v2 §11.13, §11.14). */

import type { SignDocCall } from '../../contract/csc-api/index.ts';
import { type ErrorCode, OssError } from '../../contract/errors.ts';
import { fromBase64, toBase64 } from '../../contract/model/encoding.ts';
import { type SignResponse, signResponseSchema } from '../../contract/service-api/sign.ts';
import {
  assembleCms,
  buildTimestampRequest,
  OID,
  PkiError,
  parseTimestampResponse,
} from '../../pki/index.ts';
import { signAlgorithmsOf } from './algorithms.ts';
import { isOneShot, isSameSet } from './authorisations.ts';
import { CscError, invalidParameter } from './csc-error.ts';
import type { Grant, Grants } from './grants.ts';
import type { CscCaller, CscPorts } from './port.ts';

export interface SignedDocuments {
  /** CMS of each digest, in the order of the call, base64. */
  readonly SignatureObject: readonly string[];
  readonly validationInfo?: {
    readonly ocsp: readonly string[];
    readonly crl: readonly string[];
    readonly certificates: readonly string[];
  };
}

export interface SignHashCall {
  readonly credentialID: string;
  readonly SAD: string | undefined;
  readonly hashes: readonly string[];
  readonly signAlgo: string;
}

export interface Signatures {
  signDoc(caller: CscCaller, call: SignDocCall): Promise<SignedDocuments>;
  /** What signDoc answered, for a client that lost it; where nothing was signed, nothing will be. */
  evidence(caller: CscCaller, credentialID: string): Promise<SignedDocuments>;
  signHash(caller: CscCaller, call: SignHashCall): Promise<{ readonly signatures: readonly string[] }>;
  /** @param hashAlgo OID */
  timestamp(
    hash: string,
    hashAlgo: string,
    nonce: string | undefined,
  ): Promise<{ readonly timestamp: string }>;
}

/** With these the code is gone. */
const SPENT: readonly ErrorCode[] = [
  'OSS_SIGNING_INTERRUPTED',
  'OSS_SIGNING_DONE',
  'OSS_SIGNING_IN_PROGRESS',
];

const LEVELS: readonly string[] = ['ades-b-b', 'ades-b-t', 'ades-b-lt'];

export function signatures(ports: CscPorts, grants: Grants): Signatures {
  const { store, access, signing, sealing, profileOf, hashToken, tsa } = ports;
  /** A request is signed once, so that its key need not be told to anybody. */
  const keyOf = (credentialID: string): string => hashToken(`csc signature ${credentialID}`);

  const granted = async ({ officer, sad }: CscCaller, credentialID: string, given: string | undefined) => {
    if (sad !== undefined && given !== undefined && sad !== given)
      throw new CscError('invalid_request', 'The token of the call is the SAD; there may not be another.');
    const held = sad ?? given;
    if (held === undefined)
      throw new CscError('invalid_request', 'Missing (or invalid type) string parameter SAD');
    const grant = await grants.find('sad', held);
    if (grant?.state.officer !== officer.username || grant.state.credentialID !== credentialID)
      throw new CscError('invalid_request', 'Invalid parameter SAD');
    return grant;
  };

  /** All of them, or none. */
  const consume = async ({ handle }: Grant<'sad'>, hashes: readonly string[]): Promise<void> => {
    const refused = new CscError('invalid_request', 'Hash is not authorized by the SAD');
    await store.transaction(async ({ csc }) => {
      if (!(await csc.consume(handle, hashes))) throw refused;
    });
  };

  return {
    async signDoc(caller, call) {
      const { documentDigests, SAD } = call;
      const state = caller.sad === undefined ? undefined : (await grants.find('sad', caller.sad))?.state;
      const credentialID = call.credentialID ?? state?.credentialID;
      if (credentialID === undefined) throw invalidParameter('credentialID');
      if (call.signatureQualifier !== undefined) throw invalidParameter('signatureQualifier');
      if (call.operationMode === 'A') throw invalidParameter('operationMode');
      if (!isOneShot(credentialID))
        throw new CscError(
          'invalid_request',
          'A seal signs hashes of signed attributes: signatures/signHash.',
        );
      const request = await access(credentialID, caller.officer);
      const profile = profileOf(request.profile);
      for (const { signature_format, conformance_level, signAlgo, signAlgoParams } of documentDigests) {
        if (signature_format !== 'P') throw invalidParameter('signature_format');
        if (!LEVELS.includes(conformance_level)) throw invalidParameter('conformance_level');
        if (signAlgo !== undefined && !signAlgorithmsOf(profile.keyAlgorithm).includes(signAlgo))
          throw invalidParameter('signAlgo');
        // Of RSASSA-PSS, which our keys do not sign with: nothing else may stand in for what was asked.
        if (signAlgoParams !== undefined) throw invalidParameter('signAlgoParams');
      }
      const grant = await granted(caller, credentialID, SAD);
      const { proven } = grant.state;
      const hashes = documentDigests.flatMap((one) => one.hashes);
      if (
        !proven ||
        !isSameSet(
          hashes,
          proven.manifest.map(({ digest }) => digest),
        )
      )
        throw new CscError('invalid_request', 'Hash is not authorized by the SAD');
      await consume(grant, hashes);
      const bytes = await signing
        .signProven(request, profile, proven, keyOf(credentialID))
        .catch(async (thrown: unknown) => {
          // Refused before the code was used up: the same call may be right in a moment.
          if (thrown instanceof OssError && !SPENT.includes(thrown.code))
            await store.csc.release(grant.handle);
          throw thrown;
        });
      const response = signResponseSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
      const levels = documentDigests.flatMap((one) => one.hashes.map(() => one.conformance_level));
      return objectsOf(response, hashes, levels, call.returnValidationInfo);
    },

    async evidence(caller, credentialID) {
      await access(credentialID, caller.officer);
      const bytes = await signing.responseOf(credentialID, keyOf(credentialID));
      const response = signResponseSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
      const hashes = response.documents.map(({ digest }) => digest);
      return objectsOf(
        response,
        hashes,
        hashes.map(() => 'ades-b-lt'),
        true,
      );
    },

    async signHash(caller, { credentialID, SAD, hashes, signAlgo }) {
      if (isOneShot(credentialID))
        throw new CscError(
          'invalid_request',
          'A one-shot credential has no certificate yet: signatures/signDoc.',
        );
      const seal = await sealing.seals.get(credentialID, caller.officer);
      if (!signAlgorithmsOf(seal.signer.scheme).includes(signAlgo)) throw invalidParameter('signAlgo');
      await consume(await granted(caller, credentialID, SAD), hashes);
      const values = await sealing.signHashes(caller.officer, credentialID, hashes.map(fromBase64));
      return { signatures: values.map(toBase64) };
    },

    async timestamp(hash, hashAlgo, nonce) {
      const known = DIGESTS.find((name) => OID[name] === hashAlgo);
      if (!known) throw invalidParameter('hashAlgo');
      const request = buildTimestampRequest({
        digest: fromBase64(hash),
        hash: known,
        certReq: true,
        ...(nonce !== undefined && {
          nonce: Buffer.from(nonce.length % 2 === 0 ? nonce : `0${nonce}`, 'hex'),
        }),
      });
      try {
        return { timestamp: toBase64(parseTimestampResponse(await tsa.respond(request))) };
      } catch (error) {
        if (!(error instanceof PkiError)) throw error;
        throw new CscError('invalid_request', 'Invalid digest value length');
      }
    },
  };
}

const DIGESTS = ['sha256', 'sha384', 'sha512'] as const;

/** @param levels of each hash, as the call asked for it */
function objectsOf(
  { certificate, chain, documents, signatureScheme, revocation }: SignResponse,
  hashes: readonly string[],
  levels: readonly string[],
  withInfo: boolean,
): SignedDocuments {
  const objects = hashes.map((hash, index) => {
    const signed = documents.find(({ digest }) => digest === hash);
    if (!signed) throw new CscError('server_error', 'A signature is missing.');
    return toBase64(
      assembleCms({
        signedAttributes: fromBase64(signed.signedAttributes),
        signature: fromBase64(signed.signature),
        scheme: signatureScheme,
        certificate: fromBase64(certificate),
        // The root is the anchor of who verifies.
        chain: chain.slice(0, -1).map(fromBase64),
        ...(levels[index] !== 'ades-b-b' && { timestampToken: fromBase64(signed.timestamp) }),
      }),
    );
  });
  const isLongTerm = withInfo || levels.includes('ades-b-lt');
  return {
    SignatureObject: objects,
    ...(isLongTerm && {
      validationInfo: { ocsp: revocation.ocspResponses, crl: revocation.crls, certificates: chain },
    }),
  };
}
