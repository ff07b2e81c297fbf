import fc from 'fast-check';
import { createInstance } from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { HONEST_NAMES, hostileText, RAW_HOSTILE } from '../../../../test/support/hostile-text.ts';
import { Fragment, jsx, jsxs } from './jsx-runtime.ts';
import { valueInSentence } from './sentence-values.ts';

const shown = (children: string | string[]): string =>
  renderToStaticMarkup(Array.isArray(children) ? jsxs('p', { children }) : jsx('p', { children }));

const translated = createInstance({
  lng: 'en',
  initAsync: false,
  interpolation: { escapeValue: true, escape: valueInSentence },
  resources: { en: { translation: { sentence: 'Signed by {{name}}, page {{page}} of 9' } } },
});
void translated.init();

// Another text than those of the windows, whose keys are the type of all keys.
const sentenceWith = (name: string): string =>
  (translated.t as (key: string, values: object) => string)('sentence', { name, page: 3 });

describe('what a window shows', () => {
  it('has no character left that acts, wherever the text stands', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const sentence = sentenceWith(text);
        const windowful = renderToStaticMarkup(
          jsxs('section', {
            'aria-label': text,
            title: sentence,
            children: [
              text,
              jsx('img', { alt: text }),
              jsxs('p', { children: [sentence, ' ', [text, text]] }),
              jsx('select', { children: jsx('option', { value: 'one', children: text }) }),
              jsx(Fragment, { children: text }),
            ],
          }),
        );
        expect(windowful).not.toMatch(RAW_HOSTILE);
      }),
    );
  });

  it.each(HONEST_NAMES)('has honest names as they are: %s', (name) => {
    const text = shown(name).replaceAll(/<[^>]*>/g, '');
    expect(text).toBe(name);
    expect(shown(sentenceWith(name)).replaceAll(/<[^>]*>/g, '')).toBe(`Signed by ${name}, page 3 of 9`);
  });

  it('keeps the direction of a value inside a sentence to the value', () => {
    const sentence = sentenceWith('דוד כהן');
    expect(shown(sentence)).toBe('<p>Signed by <bdi>דוד כהן</bdi>, page 3 of 9</p>');
    expect(shown(sentenceWith('Ada'))).toBe('<p>Signed by Ada, page 3 of 9</p>');
  });

  it('keeps the direction of a text to the text', () => {
    expect(shown(['محمد', ' (3)'])).toBe('<p><bdi>محمد</bdi> (3)</p>');
    expect(renderToStaticMarkup(jsx('option', { children: 'محمد' }))).toBe('<option>محمد</option>');
  });

  it('is not led to isolate by a name that brings the marks itself', () => {
    const sentence = sentenceWith('דוד\ufdd1 valid \ufdd0');
    expect(shown(sentence)).toBe('<p>Signed by <bdi>דוד\\u{fdd1} valid \\u{fdd0}</bdi>, page 3 of 9</p>');
  });

  it('leaves alone what people type, and what is no text', () => {
    const typed = renderToStaticMarkup(jsx('input', { defaultValue: 'a\u200db', className: 'x' }));
    expect(typed).toBe('<input class="x" value="a\u200db"/>');
    expect(renderToStaticMarkup(jsxs('p', { children: [1, null, false, 'a'] }))).toBe('<p>1a</p>');
  });
});
