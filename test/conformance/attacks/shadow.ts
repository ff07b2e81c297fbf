/** Shadow attacks: what the attacker needs was planted before signing; a small change afterwards brings it out. */
import type { Attack } from './attack.ts';
import { drawing, font, PART, payeeField } from './contract.ts';
import { appendRevision, objectText } from './pdf-text.ts';

const family = 'Shadow';

/** The first object of a number: where it stands in the signed part. */
const offsetOf = (file: Buffer, number: number): number => file.indexOf(`\n${number} 0 obj`) + 1;

export const SHADOW: readonly Attack[] = [
  {
    family,
    name: 'shadow-hide-redirected',
    what: 'the picture over the hidden text leads to another object, by one entry of the table',
    expected: 'invalid',
    finding: 'hiddenContentActivated',
    because: 'DSS does not notice it, neither here nor in the published file of this attack.',
    make: ({ signed }) =>
      appendRevision(signed, {}, { offsets: { [PART.overlay]: offsetOf(signed, PART.information) } }),
  },
  {
    family,
    name: 'shadow-hide-freed',
    what: 'the picture over the hidden text is set free',
    expected: 'invalid',
    finding: 'pageContentChanged',
    because: 'DSS does not notice it: what is missing afterwards is not compared.',
    make: ({ signed }) => appendRevision(signed, {}, { freed: [PART.overlay] }),
  },
  {
    family,
    name: 'shadow-hide-emptied',
    what: 'the picture over the hidden text is drawn outside of the page',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: ({ signed }) => appendRevision(signed, { [PART.overlay]: drawing('', 1, 1) }),
  },
  {
    family,
    name: 'shadow-replace-font',
    what: 'the font of the page is another one, with other shapes for its letters',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: ({ signed }) => appendRevision(signed, { [PART.font]: font('Symbol') }),
  },
  {
    family,
    name: 'shadow-replace-form-font',
    what: 'the font of the form is another one',
    expected: 'invalid',
    finding: 'formSettingChanged',
    because: 'DSS does not notice it: it takes changes of the resources of a form for part of filling in.',
    make: ({ signed }) => appendRevision(signed, { [PART.formFont]: font('Symbol') }),
  },
  {
    family,
    name: 'shadow-replace-look',
    what: 'a filled form field shows another text, while its value stays',
    expected: 'undecided',
    finding: 'fieldRedesigned',
    because:
      'A changed look of a form field counts as filling in for them. Here the value is what it was: what shows is no longer what was filled in.',
    make: ({ signed }) =>
      appendRevision(signed, { [PART.payeeLook]: drawing('BT /F1 12 Tf 2 5 Td (Mallory) Tj ET', 200, 20) }),
  },
  {
    family,
    name: 'shadow-replace-value',
    what: 'a form field that was filled in when it was signed has another value',
    expected: 'undecided',
    finding: 'fieldOverwritten',
    because:
      'Filling in is permitted, and they do not ask whether the field was empty. What the signer saw was filled in: a person must look.',
    make: ({ signed }) =>
      appendRevision(signed, {
        [PART.payee]: payeeField(`/V (Mallory) /AP <</N ${PART.free} 0 R>>`),
        [PART.free]: drawing('BT /F1 12 Tf 2 5 Td (Mallory) Tj ET', 200, 20),
      }),
  },
  {
    family,
    name: 'shadow-hide-and-replace-page',
    what: 'a page hidden in the signed part becomes the page',
    expected: 'invalid',
    finding: 'hiddenContentActivated',
    make: ({ signed }) =>
      appendRevision(signed, { [PART.pages]: '<</Type /Pages /Kids [10 0 R] /Count 1>>' }),
  },
  {
    family,
    name: 'shadow-hide-and-replace-entry',
    what: 'one entry of the table makes content hidden in the signed part that of the page',
    expected: 'invalid',
    finding: 'hiddenContentActivated',
    because:
      'DSS does not notice it: the content that is shown lies in the signed part, though it was not shown when it was signed.',
    make: ({ signed }) =>
      appendRevision(signed, {}, { offsets: { [PART.content]: offsetOf(signed, PART.hiddenContent) } }),
  },
  {
    family,
    name: 'shadow-layers',
    what: 'a layer is shown and another one hidden',
    expected: 'invalid',
    finding: 'layersChanged',
    make: ({ signed }) =>
      appendRevision(signed, {
        [PART.catalog]: objectText(signed, PART.catalog).replace(
          '/ON [12 0 R] /OFF [13 0 R]',
          '/ON [13 0 R] /OFF [12 0 R]',
        ),
      }),
  },
  {
    family,
    name: 'shadow-annotation-removed',
    what: 'the stamp “draft, not binding” is taken away',
    expected: 'invalid',
    finding: 'annotationRemoved',
    make: ({ signed }) =>
      appendRevision(signed, { [PART.page]: objectText(signed, PART.page).replace('11 0 R', '') }),
  },
  {
    family,
    name: 'shadow-annotation-look',
    what: 'the stamp shows something else',
    expected: 'invalid',
    finding: 'annotationChanged',
    make: ({ signed }) =>
      appendRevision(signed, { [PART.stampLook]: drawing('BT /F1 14 Tf 2 8 Td (binding) Tj ET', 200, 30) }),
  },
  {
    family,
    name: 'shadow-missing-object',
    what: 'a drawing that the page names and the signed file lacks comes as the look of a form field',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: ({ signedWithGap: signed }) =>
      appendRevision(signed, {
        [PART.amount]: objectText(signed, PART.amount).replace(
          />>$/,
          `/V (5) /AP <</N ${PART.missing} 0 R>>>>`,
        ),
        [PART.missing]: drawing('BT /F1 18 Tf 72 700 Td (Pay 900 EUR to Mallory) Tj ET', 595, 842),
      }),
  },
  {
    family,
    name: 'shadow-missing-object-as-validation-data',
    what: 'the same, as a certificate among the validation data',
    expected: 'invalid',
    finding: 'pageContentChanged',
    make: ({ signedWithGap: signed }) =>
      appendRevision(signed, {
        [PART.catalog]: objectText(signed, PART.catalog).replace(
          /^<</,
          `<</DSS <</Certs [${PART.missing} 0 R]>> `,
        ),
        [PART.missing]: drawing('BT /F1 18 Tf 72 700 Td (Pay 900 EUR to Mallory) Tj ET', 595, 842),
      }),
  },
];
