import type { Session } from 'electron';

/**
 * Permissions that a page may have, with the reason beside each; everything else is denied. None is
 * granted: files come by dialog or drop, codes are typed or pasted with the keyboard.
 */
const GRANTED: ReadonlyMap<string, string> = new Map();

export const isPermitted = (permission: string): boolean => GRANTED.has(permission);

/** Asked for, checked silently, or a device: all three ways end at the table. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isPermitted(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isPermitted(permission));
  session.setDevicePermissionHandler(() => false);
}
