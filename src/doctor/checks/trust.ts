import type { HealthLine } from '../../contract/model/health.ts';
import { type Sources, sourcesFor } from '../../optimizer/index.ts';
import { type Certificate, certificatesFromPem, parseCrl } from '../../pki/index.ts';
import { askTimestamp } from '../connection/ask-timestamp.ts';
import type { Surroundings } from '../surroundings.ts';
import { certificateLine } from './certificates.ts';
import { daysBetween, line } from './line.ts';

/** Time stamps, the certificates of their authorities, and the lists of revoked certificates that those name. */
export async function checkTrust(
  { timestampUrls, now }: Surroundings,
  anchorsPem: string,
  ofService: string | undefined,
): Promise<HealthLine[]> {
  const urls = [...new Set([...timestampUrls, ...(ofService === undefined ? [] : [ofService])])];
  if (urls.length === 0 || anchorsPem === '') {
    const reason = urls.length === 0 ? 'timestampNone' : 'noAnchor';
    const outcome = urls.length === 0 ? 'ok' : 'broken';
    return [line('timestamp', outcome, reason), line('revocation', 'ok', 'listNone')];
  }
  const anchors = certificatesFromPem(anchorsPem);
  const sources = sourcesFor(anchors, urls);
  try {
    const trials = await Promise.all(
      urls.map(async (url) => ({ url, trial: await askTimestamp(url, sources, anchors, now()) })),
    );
    const isAnyGood = trials.some(({ trial }) => trial.kind === 'given');
    // Where one fails the next is asked, so that one alone stops nothing.
    const failing = isAnyGood ? 'look' : 'broken';
    const stamps = trials.map(({ url, trial }) => {
      if (trial.kind === 'given') return line('timestamp', 'ok', 'timestampGiven', { url });
      if (trial.kind === 'untrusted') return line('timestamp', failing, 'timestampUntrusted', { url });
      return line('timestamp', failing, 'timestampNoAnswer', { url, code: trial.code });
    });
    const chains = trials.map(({ trial }) => (trial.kind === 'given' ? trial.chain : []));
    // Anchors have a line of their own.
    const issued = unique(chains.flatMap((chain) => chain.slice(0, -1)));
    return [
      ...stamps,
      ...issued.map((certificate) =>
        certificateLine(
          {
            subject: certificate.subject.text,
            notBefore: certificate.notBefore,
            notAfter: certificate.notAfter,
          },
          now(),
        ),
      ),
      ...(await checkLists(chains, sources, now())),
    ];
  } finally {
    await sources.close();
  }
}

const unique = (certificates: readonly Certificate[]): Certificate[] => [
  ...new Map(certificates.map((certificate) => [certificate.fingerprint, certificate])).values(),
];

/** Each list once, with the days until the next one is due (RFC 5280 §5.1.2.5). */
async function checkLists(
  chains: readonly (readonly Certificate[])[],
  sources: Sources,
  now: Date,
): Promise<HealthLine[]> {
  const issuers = new Map<string, Certificate>();
  for (const chain of chains) {
    for (const [index, certificate] of chain.entries()) {
      const issuer = chain[index + 1];
      const [url] = certificate.crlDistributionPoints;
      if (issuer !== undefined && url !== undefined) issuers.set(url, issuer);
    }
  }
  if (issuers.size === 0) return [line('revocation', 'ok', 'listNone')];
  return Promise.all([...issuers].map(([url, issuer]) => checkList(url, issuer, sources, now)));
}

async function checkList(url: string, issuer: Certificate, sources: Sources, now: Date): Promise<HealthLine> {
  try {
    const list = parseCrl(await sources.crl(url));
    if (!list.isSignedBy(issuer)) return line('revocation', 'broken', 'listNoAnswer', { url });
    const { nextUpdate } = list;
    if (nextUpdate === undefined) return line('revocation', 'ok', 'listGood', { url, days: 0, date: '' });
    const facts = { url, days: daysBetween(now, nextUpdate), date: nextUpdate.toISOString() };
    return nextUpdate < now
      ? line('revocation', 'broken', 'listEnded', facts)
      : line('revocation', 'ok', 'listGood', facts);
  } catch {
    return line('revocation', 'broken', 'listNoAnswer', { url });
  }
}
