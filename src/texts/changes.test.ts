import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../contract/model/languages.ts';
import { CHANGE_KINDS } from '../contract/model/verification.ts';
import { changeInWords, changesTexts } from './changes.ts';

const change = { outcome: 'forbidden', field: 'Amount', detail: 'Stamp', page: 3 } as const;

describe.each(LANGUAGES)('a change after signing, in %s', (language) => {
  const texts = changesTexts[language];

  it('has a sentence of its own for every kind', () => {
    const sentences = CHANGE_KINDS.map((kind) => changeInWords({ ...change, kind }, texts));
    expect(new Set(sentences).size).toBe(CHANGE_KINDS.length);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/3\)\.$/);
      expect(sentence).not.toContain('{{');
    }
  });

  it('says why it is not simply allowed', () => {
    const why = changeInWords({ ...change, kind: 'annotationAdded', reason: 'acts' }, texts);
    expect(why).toContain(texts.annotations.Stamp);
    expect(why).toContain(texts.reasons.acts);
  });
});

describe('what the document itself names in a change', () => {
  const of = (values: object, quote?: (value: string) => string) =>
    changeInWords({ kind: 'annotationAdded', outcome: 'suspicious', ...values }, changesTexts.en, quote);

  it('is put in once, whatever it looks like', () => {
    const kind = 'fieldAdded' as const;
    expect(of({ kind, field: '{{annotation}}' })).toBe('The form field “{{annotation}}” was added.');
    expect(of({ detail: '{{field}}', field: 'x' })).toBe('Added: an annotation ({{field}}).');
  });

  it('is escaped for where it is shown', () => {
    expect(of({ kind: 'fieldRemoved', field: 'A' }, (value) => `<${value}>`)).toContain('“<A>”');
    expect(of({ detail: 'Foo' }, (value) => `<${value}>`)).toContain('(<Foo>)');
  });

  it.each(['toString', '__proto__', 'constructor'])(
    'is no annotation of ours because it is called %s',
    (detail) => {
      expect(of({ detail })).toBe(`Added: an annotation (${detail}).`);
    },
  );

  it('may be without name and type', () => {
    expect(of({ kind: 'fieldRemoved' })).toBe('The form field “without a name” was removed.');
    expect(of({})).toBe('Added: an annotation (unknown).');
  });
});
