import { OssError } from '../../contract/errors.ts';
import { commonNameOf, fullNameOf, type Identity, surnameOf } from '../../contract/model/identity.ts';
import type { Certificate } from '../../pki/index.ts';
import type { CertificatePolicy } from './port.ts';

type Name = 'givenName' | 'surname' | 'commonName' | 'country';

/**
 * The certificate names the signer whom the officer identified.
 * @throws OssError OSS_SERVICE_WRONG_SUBJECT with the field that is another
 */
export function requireSubject(
  certificate: Certificate,
  identity: Identity,
  names: CertificatePolicy['names'],
): void {
  if (names === 'as-registered') requireRegisteredNames(certificate, identity);
  else if (names === 'of-an-organisation') requireOrganisation(certificate, identity);
  else requireSamePerson(certificate, identity);
}

/** EN 319 412-2 §4.2.4: the names in the certificate are those that the officer registered. */
function requireRegisteredNames({ subject }: Certificate, identity: Identity): void {
  const expected: Record<Name, (string | undefined)[]> = {
    // Of a person with one name the other attribute is left out.
    givenName: [identity.givenName],
    surname: [surnameOf(identity) || undefined],
    // In full, or shortened to what the attribute may hold.
    commonName: [commonNameOf(identity), fullNameOf(identity)],
    country: [identity.idDocument.country],
  };
  for (const name of Object.keys(expected) as Name[]) {
    if (!expected[name].includes(subject[name])) throw wrong(name);
  }
}

/** EN 319 412-3 §4.2.1: the organisation whose seal was chosen. */
function requireOrganisation({ subject }: Certificate, identity: Identity): void {
  if (subject.organization !== fullNameOf(identity)) throw wrong('organization');
  if (subject.organizationIdentifier !== identity.idDocument.number) throw wrong('organizationIdentifier');
}

/**
 * Authorities write names from their own records: in capitals, without accents, with or without the second surname.
 * Whatever the subject has of names must be of this person, and a number of the identity document must be theirs
 * (EN 319 412-1 §5.1.3). A subject without any name is nobody's.
 */
function requireSamePerson({ subject }: Certificate, identity: Identity): void {
  const { givenName, surname1, surname2, idDocument } = identity;
  const { givenName: given, surname, commonName, serialNumber } = subject;
  if (given === undefined && surname === undefined && commonName === undefined) throw wrong('commonName');
  if (given !== undefined && words(given).join() !== words(givenName).join()) throw wrong('givenName');
  const surnames = [words(surnameOf(identity)), words(surname1)].map((one) => one.join());
  if (surname !== undefined && !surnames.includes(words(surname).join())) throw wrong('surname');
  // In the common name, an order and additions of the authority's own; every name of the person is in it.
  const common = words(commonName);
  const needed = [...words(givenName), ...words(surname1 ?? surname2)];
  const isWhole = given !== undefined && surname !== undefined;
  if (!isWhole && !needed.every((word) => common.includes(word))) throw wrong('commonName');
  const [, number] = /^(?:PAS|IDC|PNO|TIN)[A-Z]{2}-(.+)$/.exec(serialNumber ?? '') ?? [];
  if (number !== undefined && letters(number) !== letters(idDocument.number)) throw wrong('serialNumber');
}

const wrong = (field: string): OssError => new OssError('OSS_SERVICE_WRONG_SUBJECT', { field });

/** Without accents and in capitals, as many registers have them. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleUpperCase('en');

const words = (name = ''): string[] =>
  plain(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

const letters = (number: string): string => plain(number).replace(/[^A-Z0-9]/g, '');
