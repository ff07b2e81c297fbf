/** Until when a file proves by itself what it proves now. */
import type { Protection } from '../../../contract/model/verification.ts';
import { type Certificate, chainEnds, type RevocationReader } from '../../../pki/index.ts';
import type { OfferedMaterial } from '../proof/offered-material.ts';
import { type ChainUse, revocationStatus } from '../proof/revocation-status.ts';

interface End {
  readonly time: Date;
  readonly by: Protection['by'];
  readonly certificate: Certificate;
}

/**
 * The last document time stamp carries everything before it. A signature that none covers rests on its own time stamp
 * and on those who signed its revocation data, one without any on the certificates of its signer. The trust anchors are
 * given from outside and end nothing.
 */
export function protectionOf(
  signatures: readonly { readonly uses: readonly ChainUse[]; readonly isCovered: boolean }[],
  offered: OfferedMaterial,
  reader: RevocationReader,
): Protection | undefined {
  const last = offered.outside ?? offered.proofs.at(-1)?.timestamp;
  const ends = [
    ...(last ? endsOfChain(last.chain, 'timestamp') : []),
    ...signatures
      .filter(({ isCovered }) => !isCovered)
      .flatMap(({ uses }) => endsOfUses(uses, offered, reader)),
  ];
  const [first] = ends.sort((one, other) => one.time.getTime() - other.time.getTime());
  if (!first) return undefined;
  const { subject } = first.certificate;
  return { until: first.time.toISOString(), by: first.by, name: subject.commonName ?? subject.text };
}

function endsOfUses(
  uses: readonly ChainUse[],
  { materials, furtherMaterials }: OfferedMaterial,
  reader: RevocationReader,
): End[] {
  const stamped = uses.filter(({ role }) => role === 'time-stamp authority');
  const chains = stamped.length > 0 ? stamped : uses;
  const by = stamped.length > 0 ? 'timestamp' : 'certificate';
  return [
    ...chains.flatMap(({ chain }) => endsOfChain(chain, by)),
    ...uses.flatMap((use) => endsOfData(use, [...materials, ...furtherMaterials], reader)),
  ];
}

function endsOfChain(chain: readonly Certificate[], by: Protection['by']): End[] {
  return chainEnds(chain).map(({ time, because, certificate }) => ({
    ...{ time, certificate },
    by: because === 'algorithm' ? 'algorithm' : by,
  }));
}

/** Data is relied on until those who signed it expire; of several that settle the same the one that lasts longest. */
function endsOfData(
  use: ChainUse,
  materials: Parameters<typeof revocationStatus>[1],
  reader: RevocationReader,
): End[] {
  const status = revocationStatus(use, materials, reader);
  if (status.outcome !== 'good') return [];
  const issuers = new Set(use.chain);
  return status.grounds
    .filter(({ signer }) => !issuers.has(signer))
    .map(({ signer }) => ({ time: signer.notAfter, by: 'revocationData' as const, certificate: signer }));
}
