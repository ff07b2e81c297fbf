import { randomUUID } from 'node:crypto';
import { type Session, session } from 'electron';
import type { WindowRole } from '../../contract/ipc/group.ts';
import { denyNetwork } from './network.ts';
import { SCHEME } from './origin.ts';
import { denyPermissions } from './permissions.ts';

/**
 * A session that lives as long as one window and is never written to disk (no `persist:` prefix), with
 * an app:// handler of its own: that is how a document can be served to the one window it was opened for.
 */
export function openWindowSession(
  role: WindowRole,
  serve: (request: Request) => Promise<Response>,
): { readonly session: Session; readonly partition: string } {
  const partition = `${role}-${randomUUID()}`;
  const opened = session.fromPartition(partition, { cache: false });
  denyPermissions(opened, role);
  denyNetwork(opened);
  opened.protocol.handle(SCHEME, serve);
  return { session: opened, partition };
}

/** The default session belongs to no window of ours; whatever would use it gets nothing. */
export function closeDefaultSession(): void {
  denyPermissions(session.defaultSession);
  session.defaultSession.webRequest.onBeforeRequest((_details, decide) => decide({ cancel: true }));
}
