/** Source of cryptographically secure random bytes. */
export type RandomBytes = (length: number) => Uint8Array;

/** 128 bits from the generator, well above the 64 that CE-12 asks for, and positive as RFC 5280 §4.1.2.2 demands. */
const SERIAL_BYTES = 16;

export function newSerialNumber(randomBytes: RandomBytes): Uint8Array {
  const serial = Uint8Array.from(randomBytes(SERIAL_BYTES));
  // A fixed first bit keeps the length constant and the number positive; 126 random bits remain.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}
