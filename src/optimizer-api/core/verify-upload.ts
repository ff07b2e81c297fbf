import type { VerificationReport } from '../../contract/model/verification.ts';
import { naming } from '../../optimizer/index.ts';
import type { CallCore } from './api-core.ts';
import { missingParameters, Refusal } from './refusal.ts';
import type { Form } from './uploaded-form.ts';

/**
 * Verifies the one document of a form; nothing of it is kept.
 * @returns the report, under the name that the client gave the file
 * @throws Refusal 400 without a file or with several; OssError OSS_PDF_*, OSS_WORK_*
 */
export async function verifyUpload({ optimizer }: CallCore, form: Form): Promise<VerificationReport> {
  const [upload, second] = form.uploads;
  if (!upload) throw missingParameters('file');
  if (second) throw new Refusal(400, 'One document in one call');
  const { password } = form.fields;
  const access = password === undefined ? {} : { password };
  const report = await naming(upload.filename, optimizer.verify(upload.path, access));
  return { ...report, file: upload.filename };
}
