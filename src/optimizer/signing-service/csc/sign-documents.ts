import { OssError } from '../../../contract/errors.ts';
import { readFinishedCms } from '../finished-cms.ts';
import type { SigningCall, SigningResponse } from '../port.ts';
import { parametersOf } from './credential.ts';
import { activate, type Signing } from './signing.ts';
import { SHA256_OID, type SignedDocuments, signedDocumentsSchema } from './wire.ts';

const DEFAULT_ALGORITHM = '1.2.840.10045.4.3.2';
const COMPOSITE = ['1.2.840.10045.4.3.2', '1.2.840.113549.1.1.11', '1.2.840.113549.1.1.10'];

/**
 * Signs by `signatures/signDoc`: the provider sees the digests of the ByteRanges and makes each CMS itself, also
 * around a certificate that only comes to be with it. All of a transaction show the same certificate
 * (`checkResponse`).
 * @throws OssError OSS_OTP_REFUSED, OSS_SERVICE_*
 */
export async function signDocuments(signing: Signing, call: SigningCall): Promise<SigningResponse> {
  const { api, provider, credential } = signing;
  const hashes = call.manifest.map(({ digest }) => digest);
  const { sad, bearer, credentialID = credential.id } = await activate(signing, call, hashes);
  const signAlgo = COMPOSITE.find((one) => credential.algorithms.includes(one)) ?? DEFAULT_ALGORITHM;
  const { parameters: signAlgoParams } = parametersOf(signAlgo);
  const body = {
    ...(credentialID === '' ? {} : { credentialID }),
    ...(provider.signatureQualifier === undefined ? {} : { signatureQualifier: provider.signatureQualifier }),
    ...(sad === undefined ? {} : { SAD: sad }),
    documentDigests: [
      {
        hashes,
        hashAlgorithmOID: SHA256_OID,
        signature_format: 'P',
        conformance_level: 'Ades-B-T',
        signAlgo,
        ...(signAlgoParams && { signAlgoParams }),
      },
    ],
    operationMode: 'S',
    returnValidationInfo: true,
  };
  const { isPending, body: first } = await api.callLater(
    'signatures/signDoc',
    body,
    signedDocumentsSchema,
    bearer,
  );
  const { responseID } = first;
  if (!isPending || responseID === undefined) return responseOf(first, hashes.length);
  const fetch = async () =>
    responseOf(
      await api.poll('signatures/signPolling', { requestID: responseID }, signedDocumentsSchema, bearer),
      hashes.length,
    );
  signing.remember(fetch);
  return fetch();
}

function responseOf(signed: SignedDocuments, expected: number): SigningResponse {
  const envelopes =
    signed.SignatureObject ??
    signed.signatureObject ??
    // Some put the CMS of a digest where documents are expected.
    signed.DocumentWithSignature ??
    signed.documentWithSignature ??
    [];
  const [first] = envelopes;
  if (first === undefined || envelopes.length !== expected)
    throw new OssError('OSS_SERVICE_WRONG_SIGNATURE', { reason: 'another number of signatures' });
  const { certificates = [], crl = [], ocsp = [] } = signed.validationInfo ?? {};
  const { own, others } = readFinishedCms(first);
  return {
    certificate: own,
    chain: [...others, ...certificates],
    documents: envelopes.map((cms) => ({ form: 'cms', cms })),
    validationData: { crls: crl, ocspResponses: ocsp },
  };
}
