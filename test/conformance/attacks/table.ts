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

const WARNED = 'TOTAL-PASSED, with a warning';

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
  return { accepts: true, words: warned ? WARNED : 'TOTAL-PASSED' };
}

/** DSS noticed, and passed the signature nevertheless: explained once for all rows. */
const isWarningOnly = ({ ours, pyHanko, dss }: Row): boolean =>
  !ours.accepts && !pyHanko.accepts && dss.words === WARNED;

/** Whether the judges agree, or it is explained why they do not. */
export function isExplained(row: Row): boolean {
  const { ours, pyHanko, dss, because } = row;
  const agree = ours.accepts === pyHanko.accepts && ours.accepts === dss.accepts;
  return agree ? because === undefined : because !== undefined || isWarningOnly(row);
}

/** Rows by family. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [
    '| what was done after signing | ours | pyHanko | DSS | why they differ |',
    '| --- | --- | --- | --- | --- |',
  ];
  let family = '';
  for (const row of rows) {
    if (row.family !== family) lines.push(`| **${row.family}** | | | | |`);
    family = row.family;
    const verdicts = [row.ours, row.pyHanko, row.dss].map(({ words }) => words);
    lines.push(
      `| ${[row.what, ...verdicts, row.because ?? (isWarningOnly(row) ? '(1)' : '')].join(' | ')} |`,
    );
  }
  return lines.join('\n');
}
