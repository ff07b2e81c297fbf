import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { DOCUMENT_NOTE_CODES } from '../../../contract/model/document-notes.ts';
import { eventSchema, journalEntrySchema } from '../events.ts';
import { readEntry } from './read-entry.ts';

interface Definition {
  readonly type: string;
  readonly shape: Readonly<Record<string, z.ZodType>>;
  readonly element: z.ZodType;
  readonly items: readonly z.ZodType[];
  readonly options: readonly z.ZodType[];
  readonly innerType: z.ZodType;
  readonly entries: Readonly<Record<string, string>>;
  readonly values: readonly unknown[];
}

interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly pattern?: RegExp;
}

interface CheckDefinition extends Bounds {
  readonly check: string;
  readonly length?: number;
  readonly value?: number;
  readonly inclusive?: boolean;
}

function boundsOf(schema: z.ZodType): Bounds {
  const { format, pattern } = schema.def as unknown as Bounds;
  const checks = (schema.def.checks ?? []).map((check) => check._zod.def as CheckDefinition);
  const found: Bounds[] = checks.map((check) => {
    if (check.check === 'length_equals') return { minimum: check.length ?? 0, maximum: check.length ?? 0 };
    if (check.check === 'greater_than') return { minimum: (check.value ?? 0) + (check.inclusive ? 0 : 1) };
    if (check.check === 'less_than') return { maximum: check.value ?? 0 };
    return check;
  });
  return Object.assign({}, format && { format }, pattern && { pattern }, ...found) as Bounds;
}

const base64 = (bytes: fc.Arbitrary<Uint8Array>) => bytes.map((some) => Buffer.from(some).toString('base64'));

function texts({ format, minimum = 0, maximum = 40, pattern }: Bounds): fc.Arbitrary<string> {
  if (format === 'datetime') {
    const instants = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    const inForm = (text: string) => (pattern?.test(text) ? text : text.replace(/\.\d+/, ''));
    return instants.map((date) => inForm(date.toISOString()));
  }
  if (format === 'base64')
    return base64(fc.uint8Array({ minLength: minimum === 44 ? 32 : 3, maxLength: minimum === 44 ? 32 : 9 }));
  if (pattern !== undefined) return fc.stringMatching(pattern);
  return fc.string({ minLength: minimum, maxLength: Math.min(maximum, 60), unit: 'grapheme' });
}

/** What a schema takes, so that a member that is added to an event is tried without anybody thinking of it. */
function arbitraryOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const definition = schema.def as unknown as Definition;
  const bounds = boundsOf(schema);
  switch (definition.type) {
    case 'object': {
      const optional = Object.entries(definition.shape).filter(
        ([, member]) => member.def.type === 'optional',
      );
      const members = Object.entries(definition.shape).map(([name, member]) => [name, arbitraryOf(member)]);
      const names = new Set(optional.map(([name]) => name));
      const requiredKeys = Object.keys(definition.shape).filter((name) => !names.has(name));
      return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
        requiredKeys,
      });
    }
    case 'string':
      return texts(bounds);
    case 'number':
      return fc.integer({ min: bounds.minimum ?? -5000, max: Math.min(bounds.maximum ?? 1e9, 1e9) });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(arbitraryOf(definition.element), {
        minLength: bounds.minimum ?? 0,
        maxLength: Math.max(bounds.minimum ?? 0, 2),
      });
    case 'tuple':
      return fc.tuple(...definition.items.map(arbitraryOf));
    case 'enum':
      return fc.constantFrom(...Object.values(definition.entries));
    case 'literal':
      return fc.constantFrom(...definition.values);
    case 'union':
      return fc.oneof(...definition.options.map(arbitraryOf));
    case 'optional':
    case 'default':
    case 'readonly':
      return arbitraryOf(definition.innerType);
    default:
      throw new Error(`The generator knows no ${definition.type}`);
  }
}

const at = '2026-01-31T10:20:30.456Z';
const writable = (event: unknown): boolean => eventSchema.safeParse(event).success;

describe('a line of a journal', () => {
  it.each(eventSchema.options.map((option) => [option.shape.type.value, option] as const))(
    '%s: reads back as it was written, whatever the writer may write',
    (_, option) => {
      let tried = 0;
      fc.assert(
        fc.property(arbitraryOf(option), (event) => {
          if (!writable(event)) return;
          tried += 1;
          const line: unknown = JSON.parse(JSON.stringify({ at, event }));
          expect(readEntry(line)).toStrictEqual({ entry: journalEntrySchema.parse(line) });
        }),
        { numRuns: 100 },
      );
      expect(tried, 'the generator makes what the writer takes').toBeGreaterThan(5);
    },
  );

  const identity = {
    givenName: 'Ada',
    idDocument: { type: 'PAS', country: 'ZZ', number: 'not a number of today' },
    mobilePhone: '555',
  };
  const document = {
    name: '',
    sourcePath: '',
    bytes: 0,
    sha256: 'of another algorithm',
    pages: 0,
    earlierSignatures: 0,
    notes: DOCUMENT_NOTE_CODES.map((code) => ({ code, facts: 'of another day' })),
    options: {
      visible: {
        page: 0,
        rectangle: { x1: 0, y1: 0, x2: 0, y2: 0 },
        text: ['{noSuchVariable}'],
        timeZone: 'Mars/Crater',
      },
      fieldName: 'x'.repeat(500),
      reason: 'x'.repeat(5000),
    },
  };
  const created = {
    type: 'created',
    id: 'of another form',
    profile: 'p',
    registrationAuthority: '1',
    level: 'B-T',
    identity,
  };

  it.each([
    { ...created, documents: [document] },
    { ...created, documents: Array.from({ length: 500 }, () => document) },
    {
      type: 'placed',
      options: [document.options, { visible: { ...document.options.visible, png: '', jpeg: '' } }],
    },
    {
      type: 'registered',
      registration: { requestId: '7', expiresAt: 'tomorrow', maskedPhone: '', contractSha256: '' },
    },
    { type: 'contentsAgreed', contents: [] },
    { type: 'slotRemoved', slot: -1 },
    { type: 'sealed', sequence: 0, hash: 'SHA-512:…' },
  ])('is readable after the rules for writing became stricter: $type', (event) => {
    expect(writable(event), 'nobody would write it today').toBe(false);
    expect(readEntry({ at: '2026-01-31', event })).toMatchObject({ entry: { event: { type: event.type } } });
  });

  it('of a later form is refused by its number, and what is in it is not quoted', () => {
    const line = { version: 7, at, event: { type: 'reviewed' }, signer: 'Ada' };
    expect(readEntry(line)).toEqual({ unknown: 'written in form 7 of a later version' });
    const unknown = readEntry({ at, event: { type: 'redirected', deliverTo: 5, signer: 'Ada' } });
    expect(unknown).toEqual({ unknown: 'unknown at event.deliverTo' });
  });
});
