import type { GroupHandlers } from '../../../contract/ipc/group.ts';
import type { AdminGroups } from '../../../contract/ipc/index.ts';
import type { AdminSession } from '../../admin/admin-session.ts';
import type { Caller } from '../../security/sender-policy.ts';

/** The one group of the administrator that needs no password: it asks for it. */
export function gateHandlers(
  session: AdminSession,
  events: { onUnlocked(): void; onLeft(): void },
): GroupHandlers<AdminGroups['gate'], Caller> {
  return {
    view: () => session.view(),
    choosePassphrase: ({ passphrase }) => session.choosePassphrase(passphrase),
    async unlock({ passphrase }) {
      const view = await session.unlock(passphrase);
      events.onUnlocked();
      return view;
    },
    choosePassword: ({ password }) => session.choosePassword(password),
    signIn: ({ password }) => session.signIn(password),
    active: () => session.touch(),
    leave() {
      events.onLeft();
      return session.leave();
    },
  };
}
