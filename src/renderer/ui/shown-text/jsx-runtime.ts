/**
 * What the compiler turns JSX into, before React gets it: every text of every window goes through here, so that no
 * name of a person, a file or a certificate can forge what stands beside it, no matter who forgets to think of it.
 */
import type { ElementType, Key, ReactNode } from 'react';
import { jsx as element, jsxs as elementOfMany, Fragment } from 'react/jsx-runtime';
import { plainText, textPieces } from './sentence-values.ts';

export type { JSX } from 'react';
export { Fragment };

type Props = Readonly<Record<string, unknown>> & { readonly children?: ReactNode };

/** Attributes that are read by people. */
const TEXT_ATTRIBUTES = Object.freeze([
  'alt',
  'title',
  'placeholder',
  'textValue',
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'aria-roledescription',
  'aria-placeholder',
]);

/** Elements that hold nothing but text. */
const TEXT_ONLY: ReadonlySet<ElementType> = new Set<ElementType>(['option', 'title', 'textarea', 'style']);

export const jsx = (type: ElementType, props: Props, key?: Key) => element(type, shown(type, props), key);

export const jsxs = (type: ElementType, props: Props, key?: Key) =>
  elementOfMany(type, shown(type, props), key);

function shown(type: ElementType, props: Props): Props {
  const changed: Record<string, unknown> = {};
  for (const name of TEXT_ATTRIBUTES) {
    const value = props[name];
    if (typeof value === 'string') changed[name] = plainText(value);
  }
  if (props.children !== undefined) {
    changed.children = shownChild(props.children, TEXT_ONLY.has(type) ? plainText : isolating);
  }
  return { ...props, ...changed };
}

/** @param position among its siblings: in a list what is no longer plain text needs a key */
function shownChild(
  child: ReactNode,
  show: (text: string, position: number) => ReactNode,
  position = 0,
): ReactNode {
  if (typeof child === 'string') return show(child, position);
  if (Array.isArray(child)) return child.map((one: ReactNode, index) => shownChild(one, show, index));
  return child;
}

function isolating(text: string, position: number): ReactNode {
  const nodes = textPieces(text).map((piece) =>
    piece.isIsolated ? element('bdi', { children: piece.text }, `text ${position}`) : piece.text,
  );
  return nodes.length <= 1 ? nodes[0] : elementOfMany(Fragment, { children: nodes }, `text ${position}`);
}
