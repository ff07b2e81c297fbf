import { describe, expect, it } from 'vitest';
import { compare, summaryOf } from '../../scripts/bench-summary.mjs';

const measured = (what: string, value: number, limit: number) =>
  summaryOf(`${JSON.stringify({ what, value, unit: 'ms', limit })}\n`);

describe('the summary of the benchmarks', () => {
  it('takes the last word on each thing', () => {
    const lines = [1, 2]
      .map((value) => JSON.stringify({ what: 'sign', value, unit: 'ms', limit: 1 }))
      .join('\n');
    expect(summaryOf(lines).figures).toEqual({ sign: { value: 2, unit: 'ms', limit: 1, ratio: 2 } });
  });

  it('compares by the ratio to the limit of the same run, whatever the machine', () => {
    const { lines, isWorse } = compare(measured('sign', 10, 5), measured('sign', 100, 50));
    expect(lines).toEqual(['sign: 100 ms, 2.00 x the limit; as before (2.00)']);
    expect(isWorse).toBe(false);
  });

  it('says what moved, and fails for what costs more only', () => {
    const more = compare(measured('sign', 10, 5), measured('sign', 15, 5));
    expect(more.lines[0]).toContain('MOVED: 50 % more than 2.00');
    expect(more.isWorse).toBe(true);
    const less = compare(measured('sign', 10, 5), measured('sign', 5, 5));
    expect(less.lines[0]).toContain('MOVED: 50 % less');
    expect(less.isWorse).toBe(false);
  });

  it('names what is new and what was not measured', () => {
    const { lines } = compare(measured('old', 1, 1), measured('new', 1, 1));
    expect(lines).toEqual(['new: 1.0 ms, 1.00 x the limit; new', 'old: not measured']);
  });
});
