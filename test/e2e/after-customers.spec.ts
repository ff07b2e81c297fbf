import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { isLongForm } from '../support/long-form.ts';
import { bytesOfMain, bytesOfPage, heapOfMain, heapOfPage } from './heaps.ts';
import { expect, type Station, signerWindows, test } from './station.ts';
import {
  agree,
  codeFromSms,
  goToPlacement,
  handOver,
  pickDocuments,
  readEverything,
  register,
  typeCode,
} from './steps.ts';

/** As issued to nobody else: what is found of it was left behind. */
interface Customer {
  readonly surname: string;
  readonly email: string;
  readonly phone: string;
  readonly sentence: string;
}
const CUSTOMERS = isLongForm ? 40 : 4;
/** Of what was there after the first. */
const MOST_GROWTH = 1.2;
const LETTERS = 'ABCDEFGHIJ';

const customer = (number: number): Customer => {
  const word = [...String(number).padStart(3, '0')]
    .map((digit) => LETTERS[Number(digit)])
    .join('')
    .toLowerCase();
  return {
    surname: `Quetzal${word}`,
    email: `q${word}@left-behind.example`,
    phone: `+3461234${String(1000 + number)}`,
    sentence: `Zwieback clause ${word} of nobody else`,
  };
};

async function documentOf({ sentence }: Customer): Promise<string> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.addPage([400, 300]).drawText(sentence, { x: 30, y: 200, size: 14, font });
  const path = join(await mkdtemp(join(tmpdir(), 'documents-')), 'paper.pdf');
  await writeFile(path, await document.save());
  return path;
}

/** @returns the code */
async function serve(station: Station, who: Customer): Promise<string> {
  const { app, clerk } = station;
  await pickDocuments(station, [await documentOf(who)]);
  await clerk.getByRole('button', { name: 'Continue to the signer' }).click();
  await clerk.getByLabel('Number', { exact: true }).fill('12345678Z');
  await clerk.getByLabel('Given name').fill('Ada');
  await clerk.getByLabel('Surname', { exact: true }).fill(who.surname);
  await clerk.getByLabel('E-mail').fill(who.email);
  await clerk.getByLabel('Mobile phone').fill(who.phone);
  await goToPlacement(clerk);
  // What was typed has been kept, as it is of everybody who is not in a hurry.
  await expect(
    clerk
      .getByRole('navigation')
      .getByRole('button', { name: `Ada ${who.surname}` })
      .first(),
  ).toBeVisible();
  await register(clerk);
  const signer = await handOver(station);
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await readEverything(signer);
  await agree(signer);
  const code = await codeFromSms(clerk);
  await typeCode(signer, code);
  await signer.getByRole('button', { name: 'Finish' }).click();
  await expect.poll(() => signerWindows(app).length).toBe(0);
  await clerk.getByRole('button', { name: 'New customer' }).first().click();
  await expect(clerk.getByText('Ready for the next customer')).toBeVisible();
  return code;
}

test('of a customer who has left nothing stays in memory, and memory does not grow with them', async ({
  station,
}) => {
  test.setTimeout(60_000 + CUSTOMERS * 40_000);
  const { app, clerk } = station;
  await serve(station, customer(0));
  const first = { main: await bytesOfMain(app), page: await bytesOfPage(clerk) };
  let code = '';
  for (let number = 1; number < CUSTOMERS; number += 1) code = await serve(station, customer(number));
  const last = { main: await bytesOfMain(app), page: await bytesOfPage(clerk) };
  test.info().annotations.push({ type: 'bytes', description: JSON.stringify({ first, last }) });
  expect(last.main).toBeLessThan(first.main * MOST_GROWTH);
  expect(last.page).toBeLessThan(first.page * MOST_GROWTH);

  const { surname, ...others } = customer(CUSTOMERS - 1);
  const heaps = { main: await heapOfMain(app), clerk: await heapOfPage(clerk) };
  const left = Object.entries(heaps).flatMap(([where, heap]) =>
    Object.entries({ surname, ...others, code: `"${code}"` })
      .filter(([, text]) => heap.includes(text))
      .map(([what]) => `${what} in ${where}`),
  );
  // The list of the day names its customers, on the screen and so in the page: nothing else does.
  expect(left).toEqual(['surname in clerk']);
});
