import { createPublicKey, verify } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { OssError } from '../../contract/errors.ts';
import type { Authorities, Authority } from '../ca/authority.ts';
import { findUnfitCrl } from '../ca/load-authorities.ts';
import type { RandomBytes } from '../ca/serial-number.ts';

/**
 * Each authority signs with the key of its certificate, and the certificate is within its validity.
 * @throws OssError OSS_INTERNAL; or whatever the key store throws
 */
export async function checkKeys(
  { root, issuing, tsa, ocspResponders, offlineRootCrl }: Authorities,
  clock: Clock,
  randomBytes: RandomBytes,
): Promise<void> {
  const [unfitCrl] = root.signer === undefined ? findUnfitCrl(offlineRootCrl, clock()) : [];
  if (unfitCrl !== undefined) throw unfit(unfitCrl);
  const online = root.signer === undefined ? [] : [{ certificate: root.certificate, signer: root.signer }];
  const all: readonly Authority[] = [...online, issuing, tsa, ocspResponders.root, ocspResponders.issuing];
  for (const { certificate, signer } of all) {
    if (!certificate.isValidAt(clock())) throw unfit(`"${certificate.subject.text}" is outside its validity`);
    const challenge = randomBytes(32);
    const key = createPublicKey({ key: Buffer.from(certificate.publicKeySpki), format: 'der', type: 'spki' });
    if (!verify('sha256', challenge, key, await signer.sign(challenge))) {
      throw unfit(`the key of "${certificate.subject.text}" is another one`);
    }
  }
}

const unfit = (reason: string): OssError => new OssError('OSS_INTERNAL', { reason });
