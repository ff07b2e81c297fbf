const INTEGER = 0x02;
const SEQUENCE = 0x30;

/** The DER `ECDSA-Sig-Value` (RFC 3279 §2.2.3) of r and s beside each other, as tokens give them. */
export function ecdsaDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  const body = Buffer.concat([integer(raw.subarray(0, half)), integer(raw.subarray(half))]);
  // X.690 §8.1.3: the short form of a length ends at 127; two integers of P-521 are longer.
  const length = body.length < 0x80 ? [body.length] : [0x81, body.length];
  return Buffer.concat([Buffer.from([SEQUENCE, ...length]), body]);
}

/** Of a positive number, in as few octets as it takes (X.690 §8.3). */
function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((octet) => octet !== 0);
  const digits = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  const sign = (digits[0] as number) >= 0x80 ? [0] : [];
  return Buffer.from([INTEGER, sign.length + digits.length, ...sign, ...digits]);
}
