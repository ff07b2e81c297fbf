/** Whom the lists let a verification trust, beside the anchors of its own. */
import type { Certificate } from '../../pki/index.ts';
import { isGranted, servicesAt, type TrustedLists } from './trusted-lists.ts';

const TYPES = Object.freeze({ signer: 'CA/QC', 'time-stamp authority': 'TSA/QTST' } as const);

export type TrustRole = keyof typeof TYPES;

/** Services that are granted, or once were: their certificates end paths (TS 119 615 §4.2). */
export function anchorsFromLists(
  lists: TrustedLists,
  certificates: readonly Certificate[],
  at: Date,
): readonly Certificate[] {
  const services = lists.listsFor(certificates, at).flatMap((list) => list.services);
  const types: readonly string[] = Object.values(TYPES);
  const trusted = services.filter(({ periods }) =>
    periods.some((period) => types.includes(period.type) && isGranted(period, period.from)),
  );
  return trusted.flatMap(({ identities }) => identities);
}

/** Whether a path that ends in a service of a list may be relied on at this time: the service was granted then. */
export function isTrustedAt(
  lists: TrustedLists,
  chain: readonly Certificate[],
  role: TrustRole,
  { time, at }: { readonly time: Date; readonly at: Date },
): boolean {
  const found = servicesAt(lists.listsFor(chain, at), chain, TYPES[role], time);
  return found.some(({ period }) => isGranted(period, time) && !period.hasUnknownExtension);
}
