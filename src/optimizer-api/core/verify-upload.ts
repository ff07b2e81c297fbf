import type { VerificationReport } from '../../contract/model/verification.ts';
import { naming } from '../../optimizer/index.ts';
import type { CallCore } from './api-core.ts';
import { missingParameters, Refusal } from './refusal.ts';
import type { Form } from './uploaded-form.ts';

/**
 * Verifies the one signed file of a form, with the document that a detached signature covers; nothing is kept.
 * @returns the report, under the name that the client gave the file
 * @throws Refusal 400 without a file or with several; OssError OSS_PDF_*, OSS_WORK_*
 */
export async function verifyUpload({ optimizer }: CallCore, form: Form): Promise<VerificationReport> {
  const signed = form.uploads.length > 1 ? form.uploads.find(({ key }) => key === 'document') : undefined;
  const [upload, second] = form.uploads.filter((one) => one !== signed);
  if (!upload) throw missingParameters('file');
  if (second) throw new Refusal(400, 'One signed file in one call');
  const { password } = form.fields;
  const options = {
    name: upload.filename,
    ...(password !== undefined && { password }),
    ...(signed && { signedFile: signed.path }),
  };
  const report = await naming(upload.filename, optimizer.verify(upload.path, options));
  return { ...report, file: upload.filename };
}
