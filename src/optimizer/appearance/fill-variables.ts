/** Puts the signer, the time and the transaction into the lines of a visible signature. */
import { DateTime } from 'luxon';
import { isolated } from '../../base/isolate.ts';
import {
  type AppearanceVariable,
  VARIABLE_PATTERN,
  type VisibleSignature,
} from '../../contract/model/appearance.ts';
import { commonNameOf, fullNameOf, type Identity, surnameOf } from '../../contract/model/identity.ts';

/** What the variables stand for; one that is not known is left out. */
export interface AppearanceValues {
  readonly signer: Pick<
    Identity,
    'givenName' | 'surname1' | 'surname2' | 'email' | 'idDocument' | 'language'
  >;
  /** The claimed signing time. */
  readonly at: Date;
  readonly organisation?: string;
  readonly reason?: string;
  readonly location?: string;
  /** Number of the request at the signature service. */
  readonly request?: string;
  /** File name of the document. */
  readonly document?: string;
}

/** Unambiguous everywhere: 2026-11-25 10:30 +01:00. */
const DATE_FORMAT = 'yyyy-MM-dd HH:mm ZZ';

const ONE_VARIABLE = /^\s*\{\w+\}\s*$/;

export function fillVariables(
  template: string,
  values: AppearanceValues,
  { dateFormat = DATE_FORMAT, timeZone }: Pick<VisibleSignature, 'dateFormat' | 'timeZone'>,
): string {
  const { signer, at } = values;
  const date = (): string =>
    DateTime.fromJSDate(at, { zone: timeZone ?? 'system' })
      .setLocale(signer.language)
      .toFormat(dateFormat);
  const known: Record<AppearanceVariable, () => string | undefined> = {
    name: () => fullNameOf(signer),
    givenName: () => signer.givenName,
    surname: () => surnameOf(signer),
    email: () => signer.email,
    idNumber: () => signer.idDocument.number,
    subject: () => subjectOf(signer),
    organisation: () => values.organisation,
    date,
    reason: () => values.reason,
    location: () => values.location,
    request: () => values.request,
    document: () => values.document,
  };
  // A line that is nothing but a name has the direction of the name.
  const inPlace = ONE_VARIABLE.test(template) ? (value: string): string => value : isolated;
  return template.replace(VARIABLE_PATTERN, (whole, name?: AppearanceVariable) => {
    if (name !== undefined && name in known) return inPlace(known[name]() ?? '');
    return whole === '{{' || whole === '}}' ? whole.slice(1) : whole;
  });
}

/** The distinguished name that a certificate of this signer has (EN 319 412-2 §4.2.4), for reading. */
const subjectOf = (signer: AppearanceValues['signer']): string =>
  [
    `CN=${commonNameOf(signer)}`,
    ...(surnameOf(signer) === '' ? [] : [`SN=${surnameOf(signer)}`]),
    ...(signer.givenName === undefined ? [] : [`GN=${signer.givenName}`]),
    `C=${signer.idDocument.country}`,
  ].join(', ');
