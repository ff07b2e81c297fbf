import { basename } from 'node:path';
import { type CaseRecord, type CaseSigner, refusedBy, signerState } from '../../contract/model/case.ts';
import { fromBase64 } from '../../contract/model/encoding.ts';
import type { CaseEvidence } from '../../contract/model/evidence.ts';
import { fullNameOf } from '../../contract/model/identity.ts';
import { signedRevisions } from './revisions.ts';

/** The evidence of a case that has ended. Pure: the same record, the same evidence. */
export function caseEvidence(record: CaseRecord): CaseEvidence {
  const { id, order, organisation, registrationAuthority, certification, closed, events } = record;
  const at = (type: string): string =>
    events.findLast((event) => event.type === type)?.at ?? events.at(-1)?.at ?? '';
  return {
    kind: 'case',
    case: id,
    outcome: closed?.outcome ?? 'unsigned',
    createdAt: at('created'),
    endedAt: at('closing'),
    order,
    ...(organisation === undefined ? {} : { organisation }),
    registrationAuthority,
    ...(certification === undefined ? {} : { certification }),
    documents: record.documents.map(({ name, bytes, sha256 }, document) => {
      const revisions = signedRevisions(record, document);
      const file = closed?.files?.[document];
      const last = revisions.at(-1);
      return {
        name,
        bytes,
        sha256: Buffer.from(fromBase64(sha256)).toString('hex'),
        ...(file == null ? {} : { deliveredAs: basename(file) }),
        ...(last === undefined ? {} : { deliveredSha256: last.sha256 }),
        signedBy: revisions.map(({ signer }) => signer),
      };
    }),
    signers: record.signers.map(signerEvidence),
    events: events.map(({ at: when, type, signer }) => ({
      at: when,
      type,
      ...(signer === undefined ? {} : { signer }),
    })),
  };
}

function signerEvidence(signer: CaseSigner): CaseEvidence['signers'][number] {
  const state = signerState(signer);
  return {
    name: fullNameOf(signer.identity),
    outcome: state === 'signed' || state === 'declined' ? state : 'notSigned',
    documents: signer.documents.map(({ document }) => document),
    refused: refusedBy(signer),
    records: signer.attempts.flatMap(({ transaction, outcome, record }) =>
      outcome && record ? [{ transaction, outcome, ...record }] : [],
    ),
  };
}
