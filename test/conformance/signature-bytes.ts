/** What a signature in a PDF covers, and the CMS in it, read by nothing but its /ByteRange. */
export interface SignatureBytes {
  readonly signedContent: Buffer;
  /** DER, without the zeros that fill /Contents. */
  readonly cms: Buffer;
}

/** The last signature of a file. */
export function lastSignature(file: Buffer): SignatureBytes {
  const ranges = [
    ...file.toString('latin1').matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g),
  ];
  const [start = 0, length = 0, start2 = 0, length2 = 0] = (ranges.at(-1) ?? []).slice(1).map(Number);
  const contents = Buffer.from(file.toString('latin1', start + length + 1, start2 - 1), 'hex');
  // A DER SEQUENCE of more than 255 bytes: 30 82 and two bytes of length.
  if (contents.readUInt16BE(0) !== 0x3082) throw new Error('no CMS in /Contents');
  return {
    signedContent: Buffer.concat([
      file.subarray(start, start + length),
      file.subarray(start2, start2 + length2),
    ]),
    cms: contents.subarray(0, 4 + contents.readUInt16BE(2)),
  };
}
