import { shownText } from '../../base/untrusted-text.ts';

/** The little XML that a report needs: elements, attributes, text. */
export type Xml = string & { readonly __xml: unique symbol };

/** An element with children, or with a text, which is escaped. */
export function xmlElement(
  name: string,
  content: string | readonly (Xml | undefined)[],
  attributes: Readonly<Record<string, string>> = {},
): Xml {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inside = typeof content === 'string' ? escaped(content) : content.filter(Boolean).join('');
  return `<${name}${written.join('')}>${inside}</${name}>` as Xml;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Also what XML 1.0 §2.2 excludes and a hostile file may bring. */
const escaped = (text: string): string =>
  shownText(text).replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
