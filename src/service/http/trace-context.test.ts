import fc from 'fast-check';
import { expect, it } from 'vitest';
import { traceOf } from './trace-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

it('takes the trace of the caller, also of a later version', () => {
  for (const text of [`00-${TRACE}-${PARENT}-01`, `01-${TRACE}-${PARENT}-00-more`]) {
    expect(traceOf(text)).toEqual({ traceId: TRACE, parentId: PARENT });
  }
});

it('takes nothing else from outside, and begins a trace of its own', () => {
  const wrong = [
    ...[undefined, '', `ff-${TRACE}-${PARENT}-01`, `00-${'0'.repeat(32)}-${PARENT}-01`],
    ...[`00-${TRACE}-${'0'.repeat(16)}-01`, `00-${TRACE.toUpperCase()}-${PARENT}-01`],
    ...[`00-${TRACE}-${PARENT}-01\n`, [`00-${TRACE}-${PARENT}-01`]],
  ];
  for (const text of wrong) expect(traceOf(text)).toEqual({ traceId: expect.not.stringMatching(TRACE) });
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(traceOf(text).traceId).toMatch(/^[0-9a-f]{32}$/);
    }),
  );
});
