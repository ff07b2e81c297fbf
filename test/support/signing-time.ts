import { encodeAttribute } from '../../src/pki/cms/attributes.ts';
import { DerReader, readOnly } from '../../src/pki/der/reader.ts';
import { TAG } from '../../src/pki/der/tags.ts';
import { setOf } from '../../src/pki/der/writer.ts';
import { OID } from '../../src/pki/index.ts';

/** UTCTime 30 November 2026. */
const TIME = Buffer.concat([Buffer.from([0x17, 13]), Buffer.from('261130120000Z')]);

/** The same attributes with the one that PAdES forbids. */
export function withSigningTime(attributes: Uint8Array): Uint8Array {
  const { content } = readOnly(attributes, TAG.set);
  const members = new DerReader(content).map((reader) => reader.element().bytes);
  return setOf(...members, encodeAttribute(OID.signingTime, TIME));
}
