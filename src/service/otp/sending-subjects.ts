import { documentNumberKey } from '../../contract/model/document-number.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { KeyedHash } from '../settings/master-secret.ts';

/** Whose codes are counted: the phone that rings, and the person that is asked. */
export type SubjectKind = 'phone' | 'signer';

export interface SendingSubject {
  readonly kind: SubjectKind;
  /** One-way name; the store never sees number or document. */
  readonly key: string;
}

/**
 * The subjects whose limits hold for a code to this person, over all requests, registration authorities and
 * profiles, in the order in which they are locked.
 */
export const sendingSubjects = (
  { mobilePhone, idDocument }: Pick<Identity, 'mobilePhone' | 'idDocument'>,
  fingerprint: KeyedHash,
): readonly SendingSubject[] => [
  { kind: 'phone', key: fingerprint(`phone ${mobilePhone}`) },
  {
    kind: 'signer',
    key: fingerprint(`document ${idDocument.country} ${looseNumber(idDocument)}`),
  },
];

/** What people write in front of the number: the type as EN 319 412-1 has it, and as their documents are called. */
const TYPE_WORDS =
  'PASSPORT|PASSEPORT|PASAPORTE|PASSAPORTO|PASSAPORTE|PASSAPORT|PAS|IDC|PNO|TIN|DNI|NIE|NIF|CNI|ID|NR|NO|NUM';

/**
 * The number as loosely as one document is spelled: without leading zeros, O and I read as 0 and 1, without
 * prefixes that repeat type and country (`IDCES-…`, `PAS …`), however often. The type is left out, because one number often serves
 * as identity card, personal and tax number. Two people who share such a key only share a limit; nothing else
 * may be derived from it.
 */
function looseNumber({ country, number }: Identity['idDocument']): string {
  const key = documentNumberKey(number);
  const bare = key.replace(new RegExp(`^(?:(?:${TYPE_WORDS}|${country})(?=[A-Z0-9]{3})|0(?=.))+`), '');
  return bare
    .replaceAll('O', '0')
    .replaceAll('I', '1')
    .replace(/^0+(?=.)/, '');
}
