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
/** Characters that XML 1.0 §2.2 excludes, which a hostile file may bring. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced.
const EXCLUDED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const escaped = (text: string): string =>
  text.replaceAll(EXCLUDED, '\ufffd').replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
