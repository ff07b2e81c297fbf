/** What a process keeps from one document to the next because it is costly to make. */

import { CertificateCache } from '../../pki/index.ts';
import { openTypefaces } from '../../typography/open-typefaces.ts';
import type { Typefaces } from '../../typography/typefaces.ts';

export const certificates = new CertificateCache();

let opened: { readonly path: string; readonly typefaces: Typefaces } | undefined;

/** @param signatureFont path of the typeface of visible signatures */
export function typefacesAt(signatureFont: string): Typefaces {
  if (opened?.path !== signatureFont)
    opened = { path: signatureFont, typefaces: openTypefaces(signatureFont) };
  return opened.typefaces;
}
