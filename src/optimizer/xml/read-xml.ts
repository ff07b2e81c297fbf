/** XML of strangers, within bounds: no document type, no entities of its own, not too large and not too deep. */
import { DOMParser } from '@xmldom/xmldom';
import { SaxesParser } from 'saxes';

/** The largest national list has 2 MB. */
const LARGEST = 16 * 1024 * 1024;
/** TS 119 612 nests about twenty elements, a signature of XAdES some more. */
const DEEPEST = 64;

const WHOLE_DOCUMENT =
  /^\uFEFF?(?:<\?xml\s+version="1\.0"(?:\s+encoding="(?:UTF-8|utf-8)")?(?:\s+standalone="(?:yes|no)")?\s*\?>)?\s*<[\w:][\s\S]*<\/[\w:.-]+\s*>\s*$/u;

/** Why XML of a stranger is not relied on; the message is for a technician. */
export class UnusableXml extends Error {
  override readonly name = 'UnusableXml';
}

/** @throws UnusableXml for what is not well-formed UTF-8 XML within the bounds */
export function textOfXml(bytes: Uint8Array): string {
  if (bytes.length > LARGEST) throw new UnusableXml('it is larger than 16 MB');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnusableXml('it is not UTF-8');
  }
  // Entities can grow without end or read files, and nothing in TS 119 612 needs a document type.
  if (/<!(DOCTYPE|ENTITY)/iu.test(text)) throw new UnusableXml('it has a document type');
  // What stands around the root is not signed: nothing but this declaration is read over.
  if (!WHOLE_DOCUMENT.test(text)) throw new UnusableXml('it begins or ends with something else than XML');
  return text;
}

/** @throws UnusableXml */
export function parseXml(text: string): Element {
  const refuse = (what: string): never => {
    throw new UnusableXml(`it is not well-formed (${what.slice(0, 80)})`);
  };
  const parser = new DOMParser({
    errorHandler: { warning: refuse, error: refuse, fatalError: refuse },
  });
  requireWellFormed(text, refuse);
  let root: Element | null;
  try {
    root = parser.parseFromString(text, 'text/xml').documentElement as unknown as Element | null;
  } catch (error) {
    if (error instanceof UnusableXml) throw error;
    throw new UnusableXml('it is not well-formed');
  }
  if (!root) throw new UnusableXml('it is empty');
  requireShallow(root);
  return root;
}

/** xmldom reads over a damaged end tag without a word; two readers of one text must not see different documents. */
function requireWellFormed(text: string, refuse: (what: string) => never): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', ({ message }) => refuse(message));
  parser.write(text).close();
}

/** Canonicalization recurses; this does not. */
function requireShallow(root: Element): void {
  let depth = 1;
  for (let node: Node | null = root; node; ) {
    if (node.firstChild) {
      node = node.firstChild;
      depth += 1;
    } else {
      while (node && node !== root && !node.nextSibling) {
        node = node.parentNode;
        depth -= 1;
      }
      node = node === root ? null : (node?.nextSibling ?? null);
    }
    if (depth > DEEPEST) throw new UnusableXml('it is nested too deep');
  }
}

const isElement = (node: Node): node is Element => node.nodeType === 1;

/** The elements below this one, of any name or of one; `name` without prefix. */
export function children(parent: Element | undefined, namespace: string, name: string): Element[] {
  const found: Element[] = [];
  for (let node = parent?.firstChild ?? null; node; node = node.nextSibling)
    if (isElement(node) && node.namespaceURI === namespace && node.localName === name) found.push(node);
  return found;
}

export const child = (parent: Element | undefined, namespace: string, name: string): Element | undefined =>
  children(parent, namespace, name)[0];

/** The text of an element, trimmed; empty where there is none. */
export const textOf = (element: Element | undefined): string => element?.textContent?.trim() ?? '';
