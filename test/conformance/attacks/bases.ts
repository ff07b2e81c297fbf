import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wholeSeconds } from '../../../src/contract/model/encoding.ts';
import type { Sandbox } from '../../integration/sandbox.ts';
import { Station } from '../../integration/station.ts';
import type { Bases } from './attack.ts';
import { CATALOG_REST, contract, contractWithGap, drawing, PAGE, PART } from './contract.ts';
import { listed } from './mark-variants.ts';
import { type HandMade, signByHand, type Unsigned, withHole } from './sign-by-hand.ts';

const SIGNATURE = PART.free;
const FIELD = PART.free + 1;

/** Signs the contract in every way that attacks start from. */
export async function makeBases(sandbox: Sandbox, directory: string): Promise<Bases> {
  const signed = await signWithProduct(sandbox, directory, 'once', contract());
  const signedTwice = await signWithProduct(sandbox, directory, 'twice', signed);
  const signedWithGap = await signWithProduct(sandbox, directory, 'gap', contractWithGap());
  const claimed = wholeSeconds(new Date());
  const byHand = (handMade: HandMade): Unsigned =>
    withHole(contract(), SIGNATURE, claimed, {
      ...handMade,
      objects: { ...registered(), ...handMade.objects },
    });
  const [first, second, third, locked, startsLate, endsEarly, largeHole, threeParts, twoRanges] =
    await signByHand(sandbox.url, claimed, [
      byHand(certification(1)),
      byHand(certification(2)),
      byHand(certification(3)),
      byHand({
        entries: transform('FieldMDP', '/Action /Include /Fields [(amount)]'),
      }),
      byHand({ range: ([, open, close, rest]) => [10, open - 10, close, rest] }),
      byHand({ range: ([, open, close, rest]) => [0, open, close, rest - 30] }),
      byHand({ range: ([, open, close, rest]) => [0, open - 11, close, rest] }),
      byHand({ range: ([, open, close, rest]) => [0, 100, 200, open - 200, close, rest] }),
      byHand({ entries: '/ByteRange [0 10 20 30]' }),
    ]);
  const [overText, blank] = await signByHand(sandbox.url, claimed, [
    markedAgain(signed, claimed, [60, 690, 400, 725]),
    markedAgain(signed, claimed, [60, 100, 400, 135]),
  ]);
  if (!overText || !blank) throw new Error('a mark is missing');
  if (!first || !second || !third || !locked) throw new Error('a certification is missing');
  if (!startsLate || !endsEarly || !largeHole || !threeParts || !twoRanges)
    throw new Error('a range is missing');
  return {
    signed,
    signedTwice,
    signedWithGap,
    certified: { 1: first, 2: second, 3: third },
    locked,
    marked: { overText, blank },
    wrongRange: { startsLate, endsEarly, largeHole, threeParts, twoRanges },
  };
}

/** A second signature by somebody else's program, with a picture. */
function markedAgain(file: Buffer, claimed: Date, place: readonly number[]): Unsigned {
  const [value, field, look] = [90, 91, 92];
  return withHole(file, value, claimed, {
    objects: {
      [PART.page]: listed(file, PART.page, 'Annots', field),
      [PART.form]: listed(file, PART.form, 'Fields', field),
      [field]: `<</Type /Annot /Subtype /Widget /FT /Sig /T (Second) /F 132 /Rect [${place.join(' ')}] /P 3 0 R /V ${value} 0 R /AP <</N ${look} 0 R>>>>`,
      [look]: drawing('1 1 1 rg 0 0 340 35 re f 0 g BT /F1 18 Tf 12 10 Td (Read and agreed) Tj ET', 340, 35),
    },
  });
}

async function signWithProduct(
  sandbox: Sandbox,
  directory: string,
  name: string,
  file: Buffer,
): Promise<Buffer> {
  const path = join(directory, `${name}.pdf`);
  await writeFile(path, file);
  const station = await Station.open({
    serviceUrl: sandbox.url,
    anchor: sandbox.anchor,
    directory: join(directory, name),
  });
  try {
    const [report] = await station.signAll([{ path }]);
    return await readFile(report?.file ?? '');
  } finally {
    await station.close();
  }
}

const transform = (method: string, parameters: string): string =>
  `/Reference [<</Type /SigRef /TransformMethod /${method} ` +
  `/TransformParams <</Type /TransformParams /V /1.2 ${parameters}>>>>]`;

const certification = (permission: 1 | 2 | 3): HandMade => ({
  entries: transform('DocMDP', `/P ${permission}`),
  objects: {
    [PART.catalog]: `<</Type /Catalog ${CATALOG_REST} /AcroForm 9 0 R /Perms <</DocMDP ${SIGNATURE} 0 R>>>>`,
  },
});

/** The field of the signature, known to form and page. */
const registered = () => ({
  [PART.page]: PAGE.replace('15 0 R]', `15 0 R ${FIELD} 0 R]`),
  [PART.form]: `<</Fields [14 0 R 15 0 R ${FIELD} 0 R] /SigFlags 3 /DR <</Font <</Helv 16 0 R>>>> /DA (/Helv 12 Tf 0 g)>>`,
  [FIELD]: `<</Type /Annot /Subtype /Widget /FT /Sig /T (Author) /F 132 /Rect [0 0 0 0] /P 3 0 R /V ${SIGNATURE} 0 R>>`,
});
