import { DOCUMENTS_ROUTES } from './documents.ts';
import { IMAGES_ROUTES } from './images.ts';
import { METADATA_ROUTES } from './metadata.ts';
import { REQUESTS_ROUTES } from './requests.ts';
import type { ApiRoute } from './route.ts';
import { SERVICE_ROUTES } from './service.ts';
import { TOKENS_ROUTES } from './tokens.ts';
import { VERIFICATION_ROUTES } from './verification.ts';
import { VIDEO_ROUTES } from './video.ts';

/** Every call of the API, in the order in which it is documented. */
export const API_ROUTES: readonly ApiRoute[] = Object.freeze([
  ...SERVICE_ROUTES,
  ...TOKENS_ROUTES,
  ...REQUESTS_ROUTES,
  ...DOCUMENTS_ROUTES,
  ...IMAGES_ROUTES,
  ...METADATA_ROUTES,
  ...VIDEO_ROUTES,
  ...VERIFICATION_ROUTES,
]);
