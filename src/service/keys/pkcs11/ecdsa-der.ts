const INTEGER = 0x02;
const SEQUENCE = 0x30;

/** The DER `ECDSA-Sig-Value` (RFC 3279 §2.2.3) of r and s beside each other, as tokens give them. */
export function ecdsaDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  const body = Buffer.concat([integer(raw.subarray(0, half)), integer(raw.subarray(half))]);
  return Buffer.concat([Buffer.from([SEQUENCE, body.length]), body]);
}

/** Of a positive number, in as few octets as it takes (X.690 §8.3). */
function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((octet) => octet !== 0);
  const digits = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  const sign = (digits[0] as number) >= 0x80 ? [0] : [];
  return Buffer.from([INTEGER, sign.length + digits.length, ...sign, ...digits]);
}
