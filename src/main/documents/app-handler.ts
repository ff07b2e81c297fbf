import { WINDOW_ROLES, type WindowRole } from '../../contract/ipc/group.ts';
import { SECURITY_HEADERS } from '../security/content-security-policy.ts';
import { hasOrigin } from '../security/origin.ts';
import type { DocumentGrants } from './grants.ts';
import { serveBundle } from './serve-bundle.ts';
import { serveDocument } from './serve-document.ts';

const DOCUMENT = /^\/documents\/(doc_[0-9a-f]{32})$/;

/** Answers app:// for one window: its own page and scripts, and the documents granted to it. */
export function appHandler(
  role: WindowRole,
  bundleRoot: string,
  grants: DocumentGrants,
): (request: Request) => Promise<Response> {
  const notFound = () => new Response(null, { status: 404, headers: SECURITY_HEADERS });
  const pagesOfOthers = WINDOW_ROLES.filter((other) => other !== role).map((other) => `/${other}.html`);
  return async (request) => {
    if (!hasOrigin(request.url, role)) return notFound();
    const { pathname } = new URL(request.url);
    const id = DOCUMENT.exec(pathname)?.[1];
    if (id !== undefined) {
      const granted = grants.file(id);
      return granted ? serveDocument(granted, request) : notFound();
    }
    return pagesOfOthers.includes(pathname) ? notFound() : serveBundle(bundleRoot, pathname);
  };
}
