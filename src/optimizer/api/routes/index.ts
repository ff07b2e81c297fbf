import type { ApiRoute } from '../http/route.ts';
import { deleteDocument } from './documents/delete-document.ts';
import { deleteDocuments } from './documents/delete-documents.ts';
import { deleteTypedDocument } from './documents/delete-typed-document.ts';
import { getContract } from './documents/get-contract.ts';
import { getDocument } from './documents/get-document.ts';
import { getTypedDocument } from './documents/get-typed-document.ts';
import { listDocuments } from './documents/list-documents.ts';
import { uploadDocuments } from './documents/upload-documents.ts';
import { deleteImageRoute } from './images/delete-image.ts';
import { deleteImages } from './images/delete-images.ts';
import { getImage } from './images/get-image.ts';
import { listImages } from './images/list-images.ts';
import { uploadImage } from './images/upload-image.ts';
import { createMetadata } from './metadata/create-metadata.ts';
import { deleteAllMetadataRoute } from './metadata/delete-all-metadata.ts';
import { deleteMetadataRoute } from './metadata/delete-metadata.ts';
import { getMetadata } from './metadata/get-metadata.ts';
import { listMetadata } from './metadata/list-metadata.ts';
import { createRequestRoute } from './requests/create-request.ts';
import { deleteRequest } from './requests/delete-request.ts';
import { getAsyncStatus } from './requests/get-async-status.ts';
import { getRequest } from './requests/get-request.ts';
import { listRequests } from './requests/list-requests.ts';
import { sendOtp } from './requests/send-otp.ts';
import { sign } from './requests/sign.ts';
import { updateRequestRoute } from './requests/update-request.ts';
import { getSettings } from './service/get-settings.ts';
import { getVersion } from './service/get-version.ts';
import { hello } from './service/hello.ts';
import { updateSettings } from './service/update-settings.ts';
import { createTokenRoute } from './tokens/create-token.ts';
import { deleteTokenRoute } from './tokens/delete-token.ts';
import { getToken } from './tokens/get-token.ts';
import { listTokens } from './tokens/list-tokens.ts';
import { approve } from './video/approve.ts';
import { createVideo } from './video/create-video.ts';
import { downloadVideo } from './video/download-video.ts';
import { refuse } from './video/refuse.ts';
import { uploadEvidences } from './video/upload-evidences.ts';
import { uploadVideo } from './video/upload-video.ts';
import { validate } from './video/validate.ts';

/** Every call of the API, in the order in which it is documented. */
export const API_ROUTES: readonly ApiRoute[] = Object.freeze([
  getSettings,
  getVersion,
  hello,
  updateSettings,
  createTokenRoute,
  deleteTokenRoute,
  getToken,
  listTokens,
  createRequestRoute,
  deleteRequest,
  getAsyncStatus,
  getRequest,
  listRequests,
  sendOtp,
  sign,
  updateRequestRoute,
  deleteDocument,
  deleteDocuments,
  deleteTypedDocument,
  getContract,
  getDocument,
  getTypedDocument,
  listDocuments,
  uploadDocuments,
  deleteImageRoute,
  deleteImages,
  getImage,
  listImages,
  uploadImage,
  createMetadata,
  deleteAllMetadataRoute,
  deleteMetadataRoute,
  getMetadata,
  listMetadata,
  approve,
  createVideo,
  downloadVideo,
  refuse,
  uploadEvidences,
  uploadVideo,
  validate,
]);
