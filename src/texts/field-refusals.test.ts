import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../contract/model/languages.ts';
import { NAME_PROBLEMS } from '../contract/model/person-name.ts';
import { fieldRefusal, glyphRefusal } from './field-refusals.ts';
import { identityTexts } from './identity.ts';

describe.each(LANGUAGES)('a refusal in %s', (language) => {
  it('names the field and the reason, differently for each', () => {
    const sentences = NAME_PROBLEMS.map((problem) =>
      fieldRefusal('identity.surname1', `name.${problem}`, language),
    );
    expect(new Set(sentences).size).toBe(NAME_PROBLEMS.length);
    for (const sentence of sentences) expect(sentence).toContain(identityTexts[language].fields.surname1);
  });

  it('names the character and its script where no typeface shows it', () => {
    const details = { field: 'givenName', character: '王', codePoint: 'U+738B', script: 'Hani' };
    const sentence = glyphRefusal(details, language) ?? '';
    for (const part of ['王', 'U+738B', identityTexts[language].fields.givenName])
      expect(sentence).toContain(part);
    expect(sentence).not.toContain('Hani');
    expect(sentence).not.toContain('{{');
  });
});
