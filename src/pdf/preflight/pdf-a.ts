/** What the XMP metadata of a document claim (ISO 19005-2 §6.6.4, ISO 14289-1 §5). */
import type { PdfDocument } from '../read/document.ts';
import { entryOf } from '../syntax/values.ts';

export interface Claims {
  /** Such as `2b`. */
  readonly pdfA: string | undefined;
  /** Such as `1`. */
  readonly pdfUA: string | undefined;
}

/** Undefined where there is no claim. */
export async function readClaims(document: PdfDocument): Promise<Claims> {
  const reference = entryOf(document.catalog.dictionary, 'Metadata');
  const stream = await document.resolve(reference);
  if (stream.kind !== 'stream' || reference.kind !== 'reference')
    return { pdfA: undefined, pdfUA: undefined };
  const xmp = Buffer.from(await document.streamData(reference, stream)).toString('utf8');
  // Either attribute or element form: pdfaid:part="2" or <pdfaid:part>2</pdfaid:part>.
  const part = /pdfaid:part\s*(?:=\s*["']|>\s*)(\d)/.exec(xmp)?.[1];
  const conformance = /pdfaid:conformance\s*(?:=\s*["']|>\s*)([A-Za-z])/.exec(xmp)?.[1] ?? '';
  return {
    pdfA: part && `${part}${conformance.toLowerCase()}`,
    pdfUA: /pdfuaid:part\s*(?:=\s*["']|>\s*)(\d)/.exec(xmp)?.[1],
  };
}
