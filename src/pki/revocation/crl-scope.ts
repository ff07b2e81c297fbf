/** Which certificates and reasons a CRL speaks of (RFC 5280 §5.2.5), critical or not. */
import type { Certificate } from '../certificate/certificate.ts';
import { type GeneralName, readGeneralNames } from '../certificate/general-names.ts';
import { nameKey } from '../certificate/name-comparison.ts';
import { toHex } from '../der/bytes.ts';
import { type DerReader, readSequence } from '../der/reader.ts';
import { contextConstructed, contextPrimitive } from '../der/tags.ts';
import { OID } from '../oids.ts';

export interface CrlScope {
  /** Only certificates that name one of these distribution points; undefined for all. */
  readonly points: ReadonlySet<string> | undefined;
  readonly onlyUsers: boolean;
  readonly onlyAuthorities: boolean;
  readonly onlyAttributes: boolean;
  readonly onlySomeReasons: boolean;
  /** Entries may be about certificates of other authorities. */
  readonly isIndirect: boolean;
}

export const COMPLETE_SCOPE: CrlScope = Object.freeze({
  points: undefined,
  onlyUsers: false,
  onlyAuthorities: false,
  onlyAttributes: false,
  onlySomeReasons: false,
  isIndirect: false,
});

/** Reads an IssuingDistributionPoint. @throws PkiError `malformed`. */
export function decodeIssuingDistributionPoint(value: Uint8Array): CrlScope {
  const fields = readSequence(value);
  const name = fields.optionalInside(contextConstructed(0));
  const isSet = (number: number): boolean =>
    fields.optional(contextPrimitive(number))?.content.some((octet) => octet !== 0) ?? false;
  const scope = {
    points: name && new Set(pointKeys(name)),
    onlyUsers: isSet(1),
    onlyAuthorities: isSet(2),
    onlySomeReasons: fields.optional(contextPrimitive(3)) !== undefined,
    isIndirect: isSet(4),
    onlyAttributes: isSet(5),
  };
  fields.end();
  return scope;
}

/** Why the list does not settle the status of the certificate by not naming it; undefined where it does. */
export function whyOutside(scope: CrlScope, certificate: Certificate): string | undefined {
  const { ca } = certificate.basicConstraints;
  if (scope.onlyAttributes) return 'the CRL is about attribute certificates';
  if (scope.onlyUsers && ca) return 'the CRL is not about authorities';
  if (scope.onlyAuthorities && !ca) return 'the CRL is about authorities alone';
  if (scope.onlySomeReasons) return 'the CRL is about some reasons of revocation alone';
  const { points } = scope;
  if (points && !pointsOf(certificate).some((point) => points.has(point)))
    return 'the CRL is that of another distribution point';
  return undefined;
}

function pointsOf(certificate: Certificate): readonly string[] {
  const extension = certificate.fields.extensions.get(OID.crlDistributionPoints);
  if (!extension) return [];
  const points = readSequence(extension.value).map((reader) => {
    const name = reader.sequence().optionalInside(contextConstructed(0));
    return name ? pointKeys(name) : [];
  });
  return points.flat();
}

/** DistributionPointName; one that is relative to the issuer is compared as it is written. */
function pointKeys(name: DerReader): readonly string[] {
  const full = name.optionalInside(contextConstructed(0));
  if (full) return readGeneralNames(full).map(keyOf);
  return name.map((reader) => `relative ${toHex(reader.element().content)}`);
}

const keyOf = ({ kind, tag, value }: GeneralName): string =>
  `${tag} ${kind === 'directory' ? nameKey(value) : toHex(value)}`;
