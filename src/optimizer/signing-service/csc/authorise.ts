import { OssError, toOssError } from '../../../contract/errors.ts';
import type { CscProvider } from '../../../contract/model/provider.ts';
import type { Credential } from './credential.ts';
import type { CscApi } from './csc-api.ts';
import { authorisedSchema, emptySchema, SHA256_OID } from './wire.ts';

/** What lets the provider sign exactly these hashes: its SAD, or a token that is one. */
export interface Activation {
  readonly sad?: string;
  readonly bearer?: string;
}

/** Lets the provider send the signer a code; v1 calls it sendOTP, v2 getChallenge. @throws OssError as `CscApi.call` */
export async function sendCode(
  api: CscApi,
  version: CscProvider['version'],
  credential: Credential,
): Promise<void> {
  const { id: credentialID, otp } = credential;
  if (!otp?.isSent) return;
  if (version === '1') await api.call('credentials/sendOTP', { credentialID }, emptySchema);
  else await api.call('credentials/getChallenge', { credentialID, authObjectID: otp.id }, emptySchema);
}

export interface Agreement {
  /** Base64, in the order in which they will be signed. */
  readonly hashes: readonly string[];
  /** Typed by the signer. */
  readonly code: string | undefined;
  /** Of the owner of the key, where the station holds it. */
  readonly pin: string | undefined;
}

/**
 * Explicit authorisation of a list of hashes (SCAL2), by PIN and code, as far as the credential asks for them.
 * @throws OssError OSS_OTP_REFUSED, OSS_CREDENTIALS_INVALID where a PIN is asked for and none is stored, OSS_SERVICE_*
 */
export async function authorise(
  api: CscApi,
  version: CscProvider['version'],
  credential: Credential,
  { hashes, code, pin }: Agreement,
): Promise<Activation> {
  if (credential.pin !== undefined && pin === undefined)
    throw new OssError('OSS_CREDENTIALS_INVALID', {
      reason: 'the provider asks for a PIN, and none is stored',
    });
  const known = { credentialID: credential.id, numSignatures: hashes.length };
  const secrets = {
    ...(credential.pin === undefined || pin === undefined ? {} : { [credential.pin]: pin }),
    ...(credential.otp === undefined || code === undefined ? {} : { [credential.otp.id]: code }),
  };
  const body =
    version === '1'
      ? { ...known, hash: hashes, ...secrets }
      : {
          ...known,
          hashes,
          hashAlgorithmOID: SHA256_OID,
          authData: Object.entries(secrets).map(([id, value]) => ({ id, value })),
        };
  try {
    const { body: answer } = await api.callLater('credentials/authorize', body, authorisedSchema);
    const { SAD } =
      answer.handle === undefined
        ? answer
        : await api.poll('credentials/authorizeCheck', { handle: answer.handle }, authorisedSchema);
    if (SAD === undefined) throw new OssError('OSS_SERVICE_RESPONSE_INVALID', { reason: 'no SAD' });
    return { sad: SAD };
  } catch (thrown) {
    throw refusalOfCode(thrown, credential);
  }
}

/** Most providers say no more than `invalid_request` to a wrong code; nothing else of the call is the signer's. */
function refusalOfCode(thrown: unknown, { otp }: Credential): unknown {
  const { details } = toOssError(thrown);
  const isRefusal = otp !== undefined && details.status === 400;
  return isRefusal ? new OssError('OSS_OTP_REFUSED', {}, { cause: thrown }) : thrown;
}
