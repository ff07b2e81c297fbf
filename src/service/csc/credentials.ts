/** Credentials as the standard describes them: seals, and requests that wait for their one signature. */
import type { CredentialInfoCall } from '../../contract/csc-api/index.ts';
import { toBase64 } from '../../contract/model/encoding.ts';
import { MAX_DOCUMENTS } from '../../contract/model/manifest.ts';
import type { Certificate } from '../../pki/index.ts';
import type { Seal } from '../seals/port.ts';
import { type CscKey, keyOfAlgorithm, keyOfCertificate } from './algorithms.ts';
import { isOneShot } from './authorisations.ts';
import type { CscCaller, CscPorts } from './port.ts';

export type CscVersion = 'v1' | 'v2';
type Wanted = Pick<CredentialInfoCall, 'certificates' | 'certInfo' | 'authInfo'>;

export interface Credentials {
  /** Seals; one-shot credentials are known to who registered the person. */
  list(caller: CscCaller): Promise<readonly string[]>;
  info(
    caller: CscCaller,
    version: CscVersion,
    credentialID: string,
    wanted: Wanted,
  ): Promise<Readonly<Record<string, unknown>>>;
}

/** What the user has to give: the code of an SMS, or the PIN of the officer. */
type Secret = 'OTP' | 'PIN';

export const credentials = ({ sealing, access, profileOf }: CscPorts): Credentials => ({
  list: async ({ officer }) => (await sealing.seals.of(officer)).map(({ id }) => id),

  async info({ officer }, version, credentialID, wanted) {
    if (!isOneShot(credentialID)) {
      const seal = await sealing.seals.get(credentialID, officer);
      const key = keyOfCertificate(seal.certificate.publicKeySpki, seal.signer.scheme);
      return described(version, key, certificateOf(seal, wanted), 'PIN', wanted);
    }
    const request = await access(credentialID, officer);
    const key = keyOfAlgorithm(profileOf(request.profile).keyAlgorithm);
    // The certificate is made by the signature: there is none to show before.
    return described(version, key, {}, 'OTP', wanted);
  },
});

function described(version: CscVersion, key: CscKey, cert: object, secret: Secret, { authInfo }: Wanted) {
  const common = { key, cert, multisign: MAX_DOCUMENTS, SCAL: '2' };
  if (version === 'v1') return { ...common, authMode: 'explicit', ...(authInfo && secretsOfV1(secret)) };
  return {
    ...common,
    auth: { mode: 'explicit', expression: secret, ...(authInfo && { objects: [objectOf(secret)] }) },
  };
}

const secretsOfV1 = (secret: Secret) => ({
  PIN:
    secret === 'PIN'
      ? { presence: 'true', format: 'A', label: 'PIN', description: 'PIN of the officer' }
      : { presence: 'false' },
  OTP:
    secret === 'OTP'
      ? { presence: 'true', type: 'online', format: 'N', label: 'OTP', description: 'Code of the SMS' }
      : { presence: 'false' },
});

const objectOf = (secret: Secret) =>
  secret === 'OTP'
    ? {
        type: 'ChallengeResponse',
        id: 'OTP',
        format: 'N',
        label: 'Code of the SMS',
        description: 'Sent by credentials/getChallenge',
      }
    : { type: 'Password', id: 'PIN', format: 'A', label: 'PIN of the officer' };

function certificateOf({ certificate, chain }: Seal, { certificates, certInfo }: Wanted) {
  const shown =
    certificates === 'none' ? [] : certificates === 'single' ? [certificate] : [certificate, ...chain];
  return {
    status: 'valid',
    ...(shown.length > 0 && { certificates: shown.map(({ der }) => toBase64(der)) }),
    ...(certInfo && {
      issuerDN: certificate.issuer.text,
      serialNumber: certificate.serialHex,
      subjectDN: certificate.subject.text,
      validFrom: compact(certificate, 'notBefore'),
      validTo: compact(certificate, 'notAfter'),
    }),
  };
}

const compact = (certificate: Certificate, end: 'notBefore' | 'notAfter'): string =>
  `${certificate[end].toISOString().slice(0, 19).replaceAll(/[-:T]/gu, '')}Z`;
