/** Upper bounds that clients need to reserve `/Contents` before anything is issued (PA-03): measured on real encodings. */
import { KEY_KINDS, type KeyAlgorithm } from '../../contract/model/key-algorithm.ts';
import { type Authorities, chainOf } from './authority.ts';
import { signPlanned } from './issue.ts';
import { newSerialNumber, type RandomBytes } from './serial-number.ts';
import { planSingleUseCertificate, type SingleUsePlan } from './single-use-profile.ts';

/** ECDSA-Sig-Value varies by the sign octets of its two integers; nested lengths may each grow by an octet. */
const ENCODING_MARGIN = 24;

/** Of characters of four UTF-8 octets each, as many ideographs are. */
const longest = (characters: number): string => '𠀀'.repeat(characters);

/** Longest values that the contract's identity schema lets through. */
const LARGEST_IDENTITY: SingleUsePlan['identity'] = {
  givenName: longest(64),
  surname1: longest(64),
  surname2: longest(64),
  idDocument: { type: 'IDC', country: 'ES', number: 'X'.repeat(32) },
};
const LARGEST_SIGNER_ID = 'x'.repeat(64);

/** Bytes of the largest single-use certificate of this key algorithm plus the chain above it. */
export async function largestChainBytes(
  algorithm: KeyAlgorithm,
  authorities: Authorities,
  urls: Pick<SingleUsePlan, 'practiceStatementUrl' | 'caIssuersUrl'>,
  randomBytes: RandomBytes,
): Promise<number> {
  const { certificate, signer } = authorities.issuing;
  const tbs = planSingleUseCertificate({
    ...urls,
    identity: LARGEST_IDENTITY,
    signerId: LARGEST_SIGNER_ID,
    publicKeySpki: certificate.publicKeySpki,
    notBefore: certificate.notBefore,
    notAfter: certificate.notBefore,
    serialNumber: newSerialNumber(randomBytes),
    issuer: certificate,
    issuerScheme: signer.scheme,
  });
  const sampleBytes = (await signPlanned(tbs, signer)).length;
  const keyDifference = KEY_KINDS[algorithm].spkiBytes - certificate.publicKeySpki.length;
  const chainBytes = chainOf(authorities).reduce((sum, { der }) => sum + der.length, 0);
  return sampleBytes + keyDifference + ENCODING_MARGIN + chainBytes;
}
