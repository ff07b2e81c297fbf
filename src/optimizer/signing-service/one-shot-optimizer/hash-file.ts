import { toBase64 } from '../../../contract/model/encoding.ts';
import type { VendorOptimizer } from '../../../contract/model/provider.ts';

/** SEQUENCE { OID message-digest, SET { OCTET STRING of 32 bytes } }: the attribute of RFC 5652 §11.2. */
const ATTRIBUTE_HEAD = Buffer.from('302f06092a864886f70d01090431220420', 'hex');

/**
 * The part `hashfile`: the classic dialect takes the DER of the attribute message-digest, the newer one the digest. No
 * signing time: in PAdES the claimed time is the M entry of the dictionary (EN 319 142-1 §6.3).
 */
export function hashFileOf(digest: Uint8Array, dialect: VendorOptimizer['dialect']): unknown {
  const isClassic = dialect === 'classic';
  return {
    messageDigest: toBase64(isClassic ? Buffer.concat([ATTRIBUTE_HEAD, digest]) : digest),
    digestAlgorithm: isClassic ? 'sha256' : 'sha256WithRSAEncryption',
    addAuthAttribute: 1,
    addSigningTime: 0,
    otherAuthAttributes: [],
  };
}
