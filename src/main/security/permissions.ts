import type { Session } from 'electron';
import type { WindowRole } from '../../contract/ipc/group.ts';

/**
 * Permissions that the page of a window may have, with the reason beside each; everything else is denied: files come by
 * dialog or drop, codes are typed or pasted with the keyboard.
 */
const GRANTED: readonly {
  readonly role: WindowRole;
  readonly permission: string;
  readonly reason: string;
}[] = Object.freeze([
  { role: 'clerk', permission: 'media', reason: 'the camera takes pictures of id documents; never sound' },
]);

/** @param media what is asked of a permission for media */
export const isPermitted = (
  permission: string,
  role: WindowRole | undefined,
  media: readonly string[] = [],
): boolean =>
  GRANTED.some((granted) => granted.permission === permission && granted.role === role) &&
  media.every((kind) => kind === 'video');

/** Asked for, checked silently, or a device: all three ways end at the table. */
export function denyPermissions(session: Session, role?: WindowRole): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(isPermitted(permission, role, 'mediaTypes' in details ? details.mediaTypes : [])),
  );
  session.setPermissionCheckHandler((_contents, permission, _origin, { mediaType }) =>
    isPermitted(permission, role, mediaType === undefined ? [] : [mediaType]),
  );
  session.setDevicePermissionHandler(() => false);
}
