import type { AdminSession } from '../../admin/admin-session.ts';

type Handlers = Readonly<Record<string, (...values: never[]) => unknown>>;

/** The same handlers, reached only while an administrator is signed in. */
export function guarded<H extends Handlers>(session: Pick<AdminSession, 'require'>, handlers: H): H {
  const behindPassword = Object.entries(handlers).map(([verb, handle]) => [
    verb,
    (...values: never[]) => {
      session.require();
      return handle(...values);
    },
  ]);
  return Object.fromEntries(behindPassword) as H;
}
