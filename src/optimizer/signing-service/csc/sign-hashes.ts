import { OssError } from '../../../contract/errors.ts';
import { fromBase64, toBase64 } from '../../../contract/model/encoding.ts';
import { buildSignedAttributes, digest } from '../../../pki/index.ts';
import type { DocumentSignature, SigningCall, SigningResponse } from '../port.ts';
import type { Activation } from './authorise.ts';
import { algorithmOf, type SignAlgorithm } from './credential.ts';
import { activate, type Signing } from './signing.ts';
import { SHA256_OID, signaturesSchema, timestampSchema } from './wire.ts';

/** What is hashed and signed for one document; these very bytes go into its envelope. */
interface ToBeSigned {
  readonly digest: string;
  readonly signedAttributes: Uint8Array;
  /** SHA-256 of the attributes, base64: what the provider sees. */
  readonly hash: string;
}

/**
 * Signs by `signatures/signHash`: the signed attributes are built here around a certificate that is known beforehand,
 * so the provider sees hashes of them alone. Whatever order its answers have, each is verified against its own
 * attributes afterwards (`checkResponse`).
 * @throws OssError OSS_OTP_REFUSED, OSS_REQUEST_INVALID, OSS_SERVICE_*
 */
export async function signHashes(signing: Signing, call: SigningCall): Promise<SigningResponse> {
  const { credential } = signing;
  const algorithm = algorithmOf(credential);
  const [certificate = new Uint8Array(), ...chain] = credential.certificates;
  const all = call.manifest.map((entry): ToBeSigned => {
    const signedAttributes = buildSignedAttributes({
      messageDigest: fromBase64(entry.digest),
      signingCertificate: certificate,
    });
    return { digest: entry.digest, signedAttributes, hash: toBase64(digest('sha256', signedAttributes)) };
  });
  const documents: DocumentSignature[] = [];
  for (const some of inPortions(all, credential.multisign)) {
    const hashes = some.map(({ hash }) => hash);
    const activation = await activate(signing, call, hashes);
    const signatures = await signaturesOf(signing, activation, algorithm, hashes);
    for (const [index, { hash: _, ...own }] of some.entries()) {
      const signature = signatures[index] ?? new Uint8Array();
      const timestamp = await stampOf(signing, signature);
      const stamped = timestamp === undefined ? {} : { timestamp };
      documents.push({ form: 'parts', ...own, signature, scheme: algorithm.scheme, ...stamped });
    }
  }
  return { certificate, chain, documents, validationData: { crls: [], ocspResponses: [] } };
}

function* inPortions<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

async function signaturesOf(
  { api, provider, credential }: Signing,
  { sad, bearer }: Activation,
  { oid: signAlgo, parameters: signAlgoParams }: SignAlgorithm,
  hashes: readonly string[],
): Promise<readonly Uint8Array[]> {
  const known = {
    credentialID: credential.id,
    ...(sad === undefined ? {} : { SAD: sad }),
    signAlgo,
    ...(signAlgoParams && { signAlgoParams }),
  };
  const body =
    provider.version === '1'
      ? { ...known, hash: hashes, hashAlgo: SHA256_OID }
      : { ...known, hashes, hashAlgorithmOID: SHA256_OID };
  const { isPending, body: first } = await api.callLater(
    'signatures/signHash',
    body,
    signaturesSchema,
    bearer,
  );
  const { responseID } = first;
  const isLater = isPending || first.signatures === undefined;
  const { signatures = [] } =
    isLater && responseID !== undefined
      ? await api.poll('signatures/signPolling', { requestID: responseID }, signaturesSchema, bearer)
      : first;
  if (signatures.length !== hashes.length)
    throw new OssError('OSS_SERVICE_WRONG_SIGNATURE', { reason: 'another number of signatures' });
  return signatures;
}

/** Undefined where the provider gives none; the station's own authorities do then. */
async function stampOf({ api, stamps }: Signing, signature: Uint8Array): Promise<Uint8Array | undefined> {
  if (!stamps || signature.length === 0) return undefined;
  const query = { hash: toBase64(digest('sha256', signature)), hashAlgo: SHA256_OID };
  // One that does not come now comes from the station's own authorities, or not at all: that is said afterwards.
  const stamped = await api.call('signatures/timestamp', query, timestampSchema).catch(() => undefined);
  return stamped?.timestamp;
}
