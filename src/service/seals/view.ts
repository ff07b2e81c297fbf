import { createPublicKey } from 'node:crypto';
import { toBase64, toUtcSeconds } from '../../contract/model/encoding.ts';
import { algorithmWith, type KeyAlgorithm } from '../../contract/model/key-algorithm.ts';
import type { SealView } from '../../contract/service-api/seals.ts';
import type { Seal } from './port.ts';

/** The algorithm whose signatures are as long as those of this key, or longer by less than a step. */
function algorithmOf(spki: Uint8Array): KeyAlgorithm {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const { modulusLength } = key.asymmetricKeyDetails ?? {};
  const found =
    modulusLength === undefined
      ? algorithmWith(({ family }) => family === 'ec')
      : algorithmWith((kind) => kind.family === 'rsa' && kind.modulusBits >= modulusLength);
  return found ?? 'rsa-4096';
}

/** What a client has to know before it prepares documents. @param timestampBytes upper bound of one token */
export function viewOfSeal({ id, certificate, chain }: Seal, timestampBytes: number): SealView {
  const { organization = '', organizationIdentifier = '', commonName, country = '' } = certificate.subject;
  return {
    id,
    organisation: organization,
    organisationIdentifier: organizationIdentifier,
    commonName: commonName ?? organization,
    country,
    keyAlgorithm: algorithmOf(certificate.publicKeySpki),
    notAfter: toUtcSeconds(certificate.notAfter),
    certificate: toBase64(certificate.der),
    chainBytes: [certificate, ...chain].reduce((sum, { der }) => sum + der.length, 0),
    timestampBytes,
  };
}
