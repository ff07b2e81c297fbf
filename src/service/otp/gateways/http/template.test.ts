import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VALUE_NAMES } from './message-values.ts';
import { readReceipt } from './read-receipt.ts';
import { SHIPPED_TEMPLATES } from './shipped-templates.ts';
import { fillTemplate, gatewayTemplateSchema, valueAt, variablesOf } from './template.ts';

const variable = (name: string): string => ['$', '{', name, '}'].join('');

describe.each(Object.entries(SHIPPED_TEMPLATES))('the template %s', (name, template) => {
  it('has the format, its own name, and asks for values that there are', () => {
    const parsed = gatewayTemplateSchema.parse(template);
    expect(parsed.name).toBe(name);
    const known = new Set([...VALUE_NAMES, ...Object.keys(parsed.variables)]);
    const asked = [...variablesOf(parsed)].filter((asks) => !asks.startsWith('secret:'));
    expect(asked.filter((asks) => !known.has(asks))).toEqual([]);
  });
});

describe('filling', () => {
  it('puts any text in its place and nowhere else, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const filled = fillTemplate({ a: [variable('text')], b: 'x' }, () => text);
        expect(JSON.parse(JSON.stringify(filled))).toEqual({ a: [text], b: 'x' });
      }),
    );
    const text = `" } ${variable('secret:key')}`;
    expect(fillTemplate([variable('text')], (name) => (name === 'text' ? text : 'SECRET'))).toEqual([text]);
  });

  it('makes numbers of what asks for a number', () => {
    expect(fillTemplate({ ttl: variable('seconds:number') }, () => 300)).toEqual({ ttl: 300 });
  });
});

describe('paths', () => {
  it('lead into the answer, never into what every object has', () => {
    expect(valueAt({ messages: [{ status: '0' }] }, 'messages.0.status')).toBe('0');
    for (const path of ['constructor', '__proto__', 'messages.length.x', 'toString']) {
      expect(valueAt({ messages: 1 }, path)).toBeUndefined();
    }
  });
});

describe('a receipt of any bytes', () => {
  it('is read or ignored', () => {
    const format = { id: 'id', state: 'state', delivered: ['ok'], failed: ['*'] };
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom('form', 'json', 'query'), (body, query, kind) => {
        const receipt = readReceipt(
          { ...format, body: kind as 'form' },
          { method: 'POST', body, query, headers: {} },
        );
        if (receipt !== undefined) expect(receipt.reference).not.toBe('');
      }),
    );
  });
});
