/** GeneralName (RFC 5280 §4.2.1.6), as far as names are compared here. */
import type { DerReader } from '../der/reader.ts';
import { readOnly } from '../der/reader.ts';
import { TAG } from '../der/tags.ts';

export type GeneralNameKind = 'email' | 'dns' | 'directory' | 'uri' | 'ip' | 'other';

export interface GeneralName {
  readonly kind: GeneralNameKind;
  /** Characters of an e-mail address, host or URI; DER Name of a directory name; octets of an address. */
  readonly value: Uint8Array;
  /** Which of the others it is: the identifier octet. */
  readonly tag: number;
}

const KINDS: Readonly<Record<number, GeneralNameKind>> = {
  129: 'email',
  130: 'dns',
  164: 'directory',
  134: 'uri',
  135: 'ip',
};

/** All that are left in the reader. @throws PkiError `malformed`. */
export const readGeneralNames = (names: DerReader): GeneralName[] => names.map(readGeneralName);

export function readGeneralName(reader: DerReader): GeneralName {
  const { tag, content } = reader.element();
  const kind = KINDS[tag] ?? 'other';
  // Name is a CHOICE, hence its tag is EXPLICIT.
  return { kind, tag, value: kind === 'directory' ? readOnly(content, TAG.sequence).bytes : content };
}

/** Host names, addresses and URIs are IA5String. */
export const textOf = ({ value }: GeneralName): string => Buffer.from(value).toString('latin1');
