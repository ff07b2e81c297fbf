import { protocol } from 'electron';
import { SCHEME } from './origin.ts';

/** Must run before the app is ready. `standard` gives real origins, `secure` the rules of https. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}
