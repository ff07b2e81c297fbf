/** The verdicts of several judges on the same files, as the table in docs/verification.md. */
import type { DssVerdict } from '../judges/dss.ts';
import type { PyHankoVerdict } from '../judges/pyhanko.ts';

export interface Opinion {
  readonly accepts: boolean;
  readonly words: string;
}

export interface Row {
  readonly family: string;
  readonly what: string;
  readonly ours: Opinion;
  readonly pyHanko: Opinion;
  readonly dss: Opinion;
  readonly because: string | undefined;
}

export function opinionOfPyHanko({ error, signatures }: PyHankoVerdict): Opinion {
  if (error !== undefined) return { accepts: false, words: 'cannot read it' };
  if (signatures.length === 0) return { accepts: false, words: 'sees no signature' };
  const flawed = signatures.find(({ accepted }) => accepted !== true);
  if (!flawed) return { accepts: true, words: 'accepts' };
  if (flawed.error !== undefined) return { accepts: false, words: 'cannot read the signature' };
  const reasons = [
    ...(flawed.intact === false ? ['not intact'] : []),
    ...(flawed.modification === 'OTHER' ? ['changed'] : []),
    ...(flawed.permitted === false && flawed.modification !== 'OTHER' ? ['not permitted'] : []),
    ...(flawed.coverage === 'UNCLEAR' ? ['coverage unclear'] : []),
  ];
  return { accepts: false, words: `rejects${reasons.length === 0 ? '' : `: ${reasons.join(', ')}`}` };
}

export function opinionOfDss({ error, signatures }: DssVerdict): Opinion {
  if (error !== undefined) return { accepts: false, words: 'cannot read it' };
  if (signatures.length === 0) return { accepts: false, words: 'sees no signature' };
  const flawed = signatures.find(({ indication }) => indication !== 'TOTAL_PASSED');
  if (flawed) {
    const { indication, subIndication } = flawed;
    return {
      accepts: false,
      words: `${indication.replace('_', '-')}${subIndication ? ` (${subIndication})` : ''}`,
    };
  }
  const warned = signatures.some(
    ({ warnings, modificationsDetected }) => modificationsDetected || warnings.length > 0,
  );
  return { accepts: true, words: warned ? 'TOTAL-PASSED, with a warning' : 'TOTAL-PASSED' };
}

/** Rows by family; the explanation stands under the row that needs one. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [
    '| what was done after signing | ours | pyHanko | DSS | who is right |',
    '| --- | --- | --- | --- | --- |',
  ];
  let family = '';
  for (const row of rows) {
    if (row.family !== family) lines.push(`| **${row.family}** | | | | |`);
    family = row.family;
    const agree = row.ours.accepts === row.pyHanko.accepts && row.ours.accepts === row.dss.accepts;
    const verdicts = [row.ours, row.pyHanko, row.dss].map(({ words }) => words);
    lines.push(`| ${[row.what, ...verdicts, agree ? '' : (row.because ?? '?')].join(' | ')} |`);
  }
  return lines.join('\n');
}
