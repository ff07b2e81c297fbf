import { z } from 'zod';
import { toBase64 } from '../../contract/model/encoding.ts';
import { hashFileSchema } from '../../contract/optimizer-api/index.ts';
import { parseJsonBody } from './json-body.ts';
import { Refusal } from './refusal.ts';

const SHA256_BYTES = 32;
/** SEQUENCE { OID 1.2.840.113549.1.9.4, SET { OCTET STRING of 32 bytes } }: the attribute of RFC 5652 §11.2. */
const ATTRIBUTE_HEAD = Buffer.from('302f06092a864886f70d01090431220420', 'hex');
const SHA256_NAMES: readonly string[] = ['sha256', 'sha-256', 'sha256withrsaencryption', 'sha256withrsa'];

/**
 * The digest of a part `hashfile`: bare, or as the CMS attribute that holds it.
 * @returns SHA-256 in base64
 * @throws Refusal 400 naming the field
 */
export function digestOfHashFile(text: string): string {
  const parsed = hashFileSchema.safeParse(parseJsonBody(text) ?? {});
  if (!parsed.success) throw new Refusal(400, `Invalid hashfile: ${z.prettifyError(parsed.error)}`);
  const { messageDigest, digestAlgorithm = 'sha256', otherAuthAttributes = [] } = parsed.data;
  if (!SHA256_NAMES.includes(digestAlgorithm.toLowerCase())) {
    throw new Refusal(400, 'Invalid hashfile: digestAlgorithm is not sha256');
  }
  if (otherAuthAttributes.length > 0) {
    throw new Refusal(400, 'Invalid hashfile: otherAuthAttributes are not offered');
  }
  const bytes = decode(messageDigest);
  if (bytes?.length === SHA256_BYTES) return toBase64(bytes);
  const isAttribute = bytes?.subarray(0, ATTRIBUTE_HEAD.length).equals(ATTRIBUTE_HEAD);
  if (bytes && isAttribute && bytes.length === ATTRIBUTE_HEAD.length + SHA256_BYTES) {
    return toBase64(bytes.subarray(ATTRIBUTE_HEAD.length));
  }
  throw new Refusal(
    400,
    'Invalid hashfile: messageDigest is neither a SHA-256 digest of 32 bytes nor the DER of its attribute',
  );
}

/** Strict: base64 that lost a character must not pass for a digest. */
function decode(text: string): Buffer | undefined {
  const packed = text.replace(/\s/g, '');
  if (!z.base64().safeParse(packed).success) return undefined;
  return Buffer.from(packed, 'base64');
}
