import type { ConnectionFinding } from '../../contract/ipc/admin/connection-test.ts';
import { sourcesFor } from '../../optimizer/index.ts';
import { certificatesFromPem } from '../../pki/index.ts';
import { askTimestamp } from './ask-timestamp.ts';

/** Whether the anchors are those of this service: it is asked for a time stamp, and that is verified up to them. */
export async function checkAnchor(
  anchorsPem: string,
  timestampUrl: string,
  now: Date,
): Promise<ConnectionFinding> {
  if (anchorsPem === '') return { check: 'anchor', outcome: 'failed', reason: 'noAnchor', facts: {} };
  const anchors = certificatesFromPem(anchorsPem);
  const facts = { anchors: anchors.length, timestampUrl };
  const sources = sourcesFor(anchors, [timestampUrl]);
  try {
    const trial = await askTimestamp(timestampUrl, sources, anchors, now);
    if (trial.kind === 'given') return { check: 'anchor', outcome: 'passed', facts };
    if (trial.kind === 'untrusted')
      return { check: 'anchor', outcome: 'failed', reason: 'otherAuthority', facts };
    return { check: 'anchor', outcome: 'warning', reason: 'noAnswer', code: trial.code, facts };
  } finally {
    await sources.close();
  }
}
