/** Names that an authority may certify (RFC 5280 §4.2.1.10, §6.1.4 g): whether a name is within a subtree. */
import { type DerReader, readSequence } from '../der/reader.ts';
import { contextConstructed, contextPrimitive } from '../der/tags.ts';
import { malformed } from '../errors.ts';
import { type GeneralName, readGeneralName, textOf } from './general-names.ts';
import { relativeNameKeys } from './name-comparison.ts';

export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

/** @throws PkiError `malformed`, also for a minimum or maximum, which no profile has (RFC 5280 §4.2.1.10). */
export function decodeNameConstraints(value: Uint8Array): NameConstraints {
  const fields = readSequence(value);
  const permitted = fields.optionalInside(contextConstructed(0))?.map(readSubtree) ?? [];
  const excluded = fields.optionalInside(contextConstructed(1))?.map(readSubtree) ?? [];
  fields.end();
  return { permitted, excluded };
}

function readSubtree(reader: DerReader): GeneralName {
  const fields = reader.sequence();
  const base = readGeneralName(fields);
  const minimum = fields.optional(contextPrimitive(0));
  if (minimum?.content.some((octet) => octet !== 0)) throw malformed('minimum of a name subtree');
  fields.end();
  return base;
}

/**
 * Whether the constraints allow the name: outside every excluded subtree, and inside a permitted one where there are any
 * of its kind. A kind that is not compared here is allowed only where nothing is said of it.
 */
export function allowsName({ permitted, excluded }: NameConstraints, name: GeneralName): boolean {
  const isOfKind = (subtree: GeneralName): boolean =>
    subtree.kind === name.kind && (name.kind !== 'other' || subtree.tag === name.tag);
  const including = permitted.filter(isOfKind);
  const excluding = excluded.filter(isOfKind);
  if (name.kind === 'other') return including.length + excluding.length === 0;
  if (excluding.some((subtree) => isWithin(name, subtree, false))) return false;
  return including.length === 0 || including.some((subtree) => isWithin(name, subtree, true));
}

/** A name that cannot be compared is inside what is excluded, and outside what is permitted. */
function isWithin(name: GeneralName, subtree: GeneralName, permitting: boolean): boolean {
  const within = WITHIN[name.kind as keyof typeof WITHIN](name, subtree);
  return within ?? !permitting;
}

const WITHIN = {
  directory: ({ value }: GeneralName, subtree: GeneralName): boolean => {
    const names = relativeNameKeys(value);
    return relativeNameKeys(subtree.value).every((key, index) => names[index] === key);
  },
  dns: (name: GeneralName, subtree: GeneralName): boolean =>
    isHostWithin(withoutLastDot(lower(name)), withoutLastDot(lower(subtree)), true),
  email: (name: GeneralName, subtree: GeneralName): boolean | undefined => {
    const [address, constraint] = [textOf(name), lower(subtree)];
    const at = address.lastIndexOf('@');
    if (at < 0) return undefined;
    const host = address.slice(at + 1).toLowerCase();
    const wanted = constraint.lastIndexOf('@');
    if (wanted < 0) return isHostWithin(host, constraint, false);
    // The local part is the mailbox owner's: case may matter there, and comparing without it excludes more.
    return (
      address.slice(0, at).toLowerCase() === constraint.slice(0, wanted) &&
      host === constraint.slice(wanted + 1)
    );
  },
  uri: (name: GeneralName, subtree: GeneralName): boolean | undefined => {
    const host = hostOf(textOf(name));
    return host === undefined ? undefined : isHostWithin(host, lower(subtree), false);
  },
  ip: (name: GeneralName, subtree: GeneralName): boolean | undefined => {
    const [address, range] = [name.value, subtree.value];
    if (range.length !== 8 && range.length !== 32) return undefined;
    const length = range.length / 2;
    if (address.length !== length) return address.length === 4 || address.length === 16 ? false : undefined;
    return address.every((octet, index) => {
      const mask = range[length + index] ?? 0;
      return (octet & mask) === ((range[index] ?? 0) & mask);
    });
  },
};

const lower = (name: GeneralName): string => textOf(name).toLowerCase();
const withoutLastDot = (host: string): string => (host.endsWith('.') ? host.slice(0, -1) : host);

/** `.example.com` has the hosts below, `example.com` the host itself, and with `subdomains` those below, too. */
function isHostWithin(host: string, constraint: string, subdomains: boolean): boolean {
  if (constraint === '') return true;
  if (constraint.startsWith('.')) return host.endsWith(constraint);
  return host === constraint || (subdomains && host.endsWith(`.${constraint}`));
}

/** RFC 5280 §4.2.1.10: a URI without a host name cannot satisfy a constraint. */
function hostOf(uri: string): string | undefined {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1];
  const host = authority
    ?.slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .toLowerCase();
  return host === undefined || host === '' || host.startsWith('[') || /^[\d.]+$/.test(host)
    ? undefined
    : host;
}
