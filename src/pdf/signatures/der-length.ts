/** Length of the first BER or DER value in a byte string. */
import { fromBER } from 'asn1js';

/** Undefined where no complete value stands there. */
export function berValueLength(bytes: Uint8Array): number | undefined {
  const [, first] = bytes;
  if (bytes.length < 2 || first === undefined) return undefined;
  if (first < 0x80) return complete(bytes, 2 + first);
  const digits = first & 0x7f;
  if (digits === 0) return indefiniteLength(bytes);
  if (digits > 4 || bytes.length < 2 + digits) return undefined;
  return complete(bytes, 2 + digits + Buffer.from(bytes).readUIntBE(2, digits));
}

const complete = (bytes: Uint8Array, length: number): number | undefined =>
  length <= bytes.length ? length : undefined;

/** CMS of some signers is BER of indefinite length, whose end only a parser finds. */
function indefiniteLength(bytes: Uint8Array): number | undefined {
  const { offset } = fromBER(bytes);
  return offset > 0 ? offset : undefined;
}
