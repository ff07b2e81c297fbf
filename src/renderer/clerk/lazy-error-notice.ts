import { later } from '../ui/later.tsx';

/** Loaded with the first error: nothing of it is needed before. */
const { component } = later(() => import('./error-notice.tsx'));

export const ErrorNotice = component((module) => module.ErrorNotice);
