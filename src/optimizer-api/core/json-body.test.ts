import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJsonBody } from './json-body.ts';
import { Refusal } from './refusal.ts';

const MEGABYTE = 2 ** 20;

function refusalOf(text: string): unknown {
  try {
    return parseJsonBody(text);
  } catch (thrown) {
    return thrown instanceof Refusal ? thrown.response : thrown;
  }
}

it.each([
  ['nested as deep as it is long', '['.repeat(16 * MEGABYTE), /nested deeper/],
  ['objects in objects', '{"a":'.repeat(3 * MEGABYTE), /nested deeper/],
  ['millions of values', `[${'0,'.repeat(8 * MEGABYTE)}0]`, /more than 50000 values/],
  ['millions of members', `{${'"":0,'.repeat(3 * MEGABYTE)}"":0}`, /more than 50000 values/],
  ['millions of empty objects', `[${'{}'.repeat(8 * MEGABYTE)}]`, /more than 50000 values/],
  ['a string that does not end', `{"a":"${'\\"'.repeat(8 * MEGABYTE)}`, /Could not parse/],
])('refuses, before it makes anything of it: %s', (_, text, message) => {
  const heap = process.memoryUsage().heapUsed;
  expect(refusalOf(text)).toMatch(message);
  // As objects they would be gigabytes.
  expect(process.memoryUsage().heapUsed - heap).toBeLessThan(200 * MEGABYTE);
});

it('takes a long picture, whose text only looks like structure', () => {
  const image = '[{,'.repeat(MEGABYTE);
  expect(parseJsonBody(JSON.stringify({ image }))).toEqual({ image });
});

it('reads what JSON reads, without what would change what every object is', () => {
  expect(parseJsonBody('{"__proto__":{"admin":true},"a":{"\\u005f_proto__":1}}')).toEqual({ a: {} });
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      expect(parseJsonBody(text)).toEqual(JSON.parse(text));
    }),
  );
});
