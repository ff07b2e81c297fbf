import type { SigningService } from './port.ts';

/**
 * In place of a service whose officer is gone: every call of it is refused for this reason, and a transaction can still
 * be ended by what needs no call.
 */
export function absentService(reason: unknown): SigningService {
  const refuse = (): Promise<never> => Promise.reject(reason);
  return {
    describe: refuse,
    logIn: refuse,
    sendOtp: refuse,
    sign: refuse,
    storedResponse: refuse,
    cancel: refuse,
    registration: { register: refuse, addIdPicture: refuse, contract: refuse },
    // The strictest: what was stored of a response is judged by it.
    certificates: {
      lifetime: 'single-use',
      names: 'as-registered',
      validFrom: 'before-the-claimed-time',
    },
    close: async () => undefined,
  };
}
