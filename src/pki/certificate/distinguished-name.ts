/** Distinguished names (RFC 5280 §4.1.2.4): read and written. */

import { toHex } from '../der/bytes.ts';
import { DerReader, readOnly } from '../der/reader.ts';
import { TAG } from '../der/tags.ts';
import { oid, printableString, sequence, setOf, utf8String } from '../der/writer.ts';
import { malformed } from '../errors.ts';
import { OID } from '../oids.ts';

/** The attributes we write, in the order in which they appear in the name. */
export interface NameAttributes {
  readonly country?: string;
  readonly organization?: string;
  readonly organizationIdentifier?: string;
  readonly organizationalUnit?: string;
  readonly surname?: string;
  readonly givenName?: string;
  readonly serialNumber?: string;
  readonly commonName?: string;
}

type AttributeName = keyof NameAttributes;

const ATTRIBUTE_OIDS: Readonly<Record<AttributeName, string>> = {
  country: OID.country,
  organization: OID.organization,
  organizationIdentifier: OID.organizationIdentifier,
  organizationalUnit: OID.organizationalUnit,
  surname: OID.surname,
  givenName: OID.givenName,
  serialNumber: OID.serialNumber,
  commonName: OID.commonName,
};
const ATTRIBUTE_NAMES = Object.keys(ATTRIBUTE_OIDS) as AttributeName[];
const NAME_OF_OID = new Map(ATTRIBUTE_NAMES.map((name) => [ATTRIBUTE_OIDS[name], name]));

const SHORT_NAMES: Readonly<Record<AttributeName, string>> = {
  country: 'C',
  organization: 'O',
  organizationIdentifier: 'organizationIdentifier',
  organizationalUnit: 'OU',
  surname: 'SN',
  givenName: 'GN',
  serialNumber: 'serialNumber',
  commonName: 'CN',
};

/** X.520 demands PrintableString for these; everything else is UTF8String (RFC 5280 §4.1.2.4). */
const PRINTABLE: ReadonlySet<AttributeName> = new Set(['country', 'serialNumber']);

/** DER Name with one attribute per RDN. */
export function encodeName(attributes: NameAttributes): Uint8Array {
  const relativeNames: Uint8Array[] = [];
  for (const name of ATTRIBUTE_NAMES) {
    const value = attributes[name];
    if (value === undefined) continue;
    const encodedValue = PRINTABLE.has(name) ? printableString(value) : utf8String(value);
    relativeNames.push(setOf(sequence(oid(ATTRIBUTE_OIDS[name]), encodedValue)));
  }
  return sequence(...relativeNames);
}

/** A parsed name; name-comparison.ts says which are the same. */
export interface DistinguishedName extends NameAttributes {
  readonly der: Uint8Array;
  /** For people: `CN=Anna Example, C=ES`, most specific first. */
  readonly text: string;
  readonly emailAddresses: readonly string[];
  /** Object identifiers of the attributes that it has. */
  readonly attributeTypes: readonly string[];
}

/** Attributes that we have no name for appear in `text` by their OID. @throws PkiError `malformed`. */
export function parseName(der: Uint8Array): DistinguishedName {
  const attributes: Partial<Record<AttributeName, string>> = {};
  const shown: string[] = [];
  const emailAddresses: string[] = [];
  const attributeTypes: string[] = [];
  const relativeNames = new DerReader(readOnly(der, TAG.sequence).content);
  while (!relativeNames.atEnd) {
    for (const [type, value] of relativeNames.set().map(readAttribute)) {
      const name = NAME_OF_OID.get(type);
      attributeTypes.push(type);
      if (type === OID.emailAddress) emailAddresses.push(value);
      if (name !== undefined) attributes[name] ??= value;
      shown.unshift(`${name === undefined ? type : SHORT_NAMES[name]}=${value}`);
    }
  }
  return { ...attributes, der, text: shown.join(', '), emailAddresses, attributeTypes };
}

function readAttribute(reader: DerReader): [type: string, value: string] {
  const fields = reader.sequence();
  const type = fields.oid();
  const value = fields.element();
  fields.end();
  return [type, decodeDirectoryString(value.tag, value.content) ?? `#${toHex(value.bytes)}`];
}

/**
 * The text of a string, whatever its encoding; undefined for a value that is no string.
 * @throws PkiError `malformed`.
 */
export function decodeDirectoryString(tag: number, content: Uint8Array): string | undefined {
  const bytes = Buffer.from(content);
  switch (tag) {
    case TAG.utf8String:
      return bytes.toString('utf8');
    case TAG.printableString:
    case TAG.numericString:
    case TAG.ia5String:
    case TAG.teletexString:
      return bytes.toString('latin1');
    case TAG.bmpString:
      if (bytes.length % 2 !== 0) throw malformed('BMPString of odd length');
      return bytes.swap16().toString('utf16le');
    case TAG.universalString:
      return decodeUniversalString(bytes);
    default:
      return undefined;
  }
}

function decodeUniversalString(bytes: Buffer): string {
  if (bytes.length % 4 !== 0) throw malformed('UniversalString of odd length');
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += 4) {
    const character = bytes.readUInt32BE(offset);
    if (character > 0x10ffff) throw malformed('UniversalString beyond Unicode');
    text += String.fromCodePoint(character);
  }
  return text;
}
