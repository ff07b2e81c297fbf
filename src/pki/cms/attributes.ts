/** CMS attributes (RFC 5652 §5.3, §11): a set of types, each with its set of values. */
import type { DerReader } from '../der/reader.ts';
import { oid, sequence, setOf } from '../der/writer.ts';
import { malformed } from '../errors.ts';

/** DER of every value, by attribute type. */
export type AttributeValues = ReadonlyMap<string, readonly Uint8Array[]>;

export const encodeAttribute = (type: string, value: Uint8Array): Uint8Array =>
  sequence(oid(type), setOf(value));

/** Reads the members of a SET OF Attribute. A type that occurs twice is malformed (RFC 5652 §5.3). */
export function readAttributes(members: DerReader): AttributeValues {
  const attributes = new Map<string, readonly Uint8Array[]>();
  for (const [type, values] of members.map(readAttribute)) {
    if (attributes.has(type)) throw malformed(`attribute ${type} twice`);
    attributes.set(type, values);
  }
  return attributes;
}

/** As readAttributes; but nobody signed these, and some programs add a second time stamp as an attribute of its own. */
export function readUnsignedAttributes(members: DerReader): AttributeValues {
  const attributes = new Map<string, readonly Uint8Array[]>();
  for (const [type, values] of members.map(readAttribute))
    attributes.set(type, [...(attributes.get(type) ?? []), ...values]);
  return attributes;
}

function readAttribute(members: DerReader): [type: string, values: readonly Uint8Array[]] {
  const fields = members.sequence();
  const type = fields.oid();
  const values = fields.set().map((reader) => reader.element().bytes);
  fields.end();
  return [type, values];
}

/** The one value of an attribute; undefined when it is absent. @throws PkiError `malformed` for several values. */
export function singleValue(attributes: AttributeValues, type: string): Uint8Array | undefined {
  const values = attributes.get(type);
  if (values === undefined) return undefined;
  const [value] = values;
  if (value === undefined || values.length !== 1)
    throw malformed(`attribute ${type} without exactly one value`);
  return value;
}
