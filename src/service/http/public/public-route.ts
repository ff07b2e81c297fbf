import { openRoutes } from '../route.ts';
import type { PublicServices } from './public-services.ts';

/** A route of the public part: anyone may call all of them. */
export const publicRoute = openRoutes<PublicServices>();
