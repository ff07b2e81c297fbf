import { verificationReportSchema } from '../../contract/model/verification.ts';
import { verifyDocumentFormSchema } from '../../contract/optimizer-api/index.ts';
import { verifyUpload } from '../core/verify-upload.ts';
import type { ApiRoute } from './route.ts';

const verifyDocument: ApiRoute = {
  name: 'verifyDocument',
  method: 'POST',
  classic: ['/verify'],
  newer: ['/verify'],
  tag: 'verification',
  summary:
    'Verifies every signature of a PDF, a signed message (.p7m, .p7s) or a container (.asice, .asics), of anybody; nothing of it is kept',
  body: { media: ['multipart/form-data'], classic: verifyDocumentFormSchema },
  success: { status: 200, classic: verificationReportSchema },
  refusals: [413, 422, 503, 504],
  async handle(core, call) {
    // One more than allowed, so that the response says what is wrong.
    const form = await call.form({ fileBytes: core.policy.maxFileBytes, files: 3 });
    const report = await verifyUpload(core, form);
    return { value: report, message: `The document is ${report.verdict}` };
  },
};

/** Calls about documents that need no request. */
export const VERIFICATION_ROUTES: readonly ApiRoute[] = [verifyDocument];
