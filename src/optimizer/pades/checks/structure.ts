import { type PdfDocument, readOwnSignatures } from '../../../pdf/index.ts';
import { changesCheck, coverageCheck, historyChecks } from '../envelope/coverage.ts';

/**
 * What the file alone says about one of its signatures, before hash and certificates: found, covering what it says,
 * nothing changed behind it.
 * @returns the sentence of the first check that does not pass
 * @throws OssError OSS_PDF_*
 */
export async function judgeStructure(pdf: PdfDocument, fieldName: string): Promise<string | undefined> {
  const { signatures, copies } = await readOwnSignatures(pdf);
  const own = signatures.find((signature) => signature.fieldName === fieldName);
  if (!own) return 'The signature is not found in the file.';
  const checks = [await coverageCheck(pdf, own), (await changesCheck(pdf, own)).check];
  await historyChecks(pdf, signatures, copies);
  return checks.find(({ outcome }) => outcome !== 'passed')?.sentence;
}
