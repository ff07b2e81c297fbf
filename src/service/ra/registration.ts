import { OssError } from '../../contract/errors.ts';
import { toUtcSeconds } from '../../contract/model/encoding.ts';
import { fullNameOf, maskPhone } from '../../contract/model/identity.ts';
import type { CreateRequest, RequestView } from '../../contract/service-api/requests.ts';
import type { Officer } from '../store/officer-repository.ts';
import type { RequestRecord } from '../store/request-repository.ts';
import { type CreationPorts, createRequest } from './create-request.ts';
import type { RequestAccess } from './request-access.ts';
import type { LoggedInOfficer } from './session.ts';

interface RegistrationPorts extends CreationPorts {
  readonly access: RequestAccess;
}

export interface Registration {
  /**
   * Registers a signer: identity plus the officer's approval by PIN. The same idempotency key with the
   * same data answers the same request.
   * @throws OssError OSS_CREDENTIALS_INVALID, OSS_RATE_LIMITED, OSS_FORBIDDEN, OSS_PROFILE_UNKNOWN,
   *   OSS_IDEMPOTENCY_CONFLICT
   */
  create(
    officer: LoggedInOfficer,
    call: CreateRequest,
    idempotencyKey: string | undefined,
  ): Promise<RequestView>;
  /** @throws OssError OSS_REQUEST_STATE when it is being signed or has ended. */
  cancel(officer: Officer, id: string): Promise<RequestView>;
}

export const toRequestView = (request: RequestRecord): RequestView => ({
  id: request.id,
  state: request.state,
  profile: request.profile,
  registrationAuthority: request.registrationAuthority,
  officer: request.officer,
  signer: fullNameOf(request.identity),
  maskedPhone: maskPhone(request.identity.mobilePhone),
  createdAt: toUtcSeconds(new Date(request.createdAt)),
  expiresAt: toUtcSeconds(new Date(request.expiresAt)),
  contract: { ...request.contract },
});

export function registration(ports: RegistrationPorts): Registration {
  const { store, access } = ports;
  return {
    create: async (officer, call, idempotencyKey) =>
      toRequestView(await createRequest(ports, officer, call, idempotencyKey)),

    async cancel(officer, id) {
      const request = await access(id, officer);
      await store.transaction(async ({ requests, challenges, events }) => {
        if (!(await requests.move(id, ['approved', 'otpSent'], 'cancelled'))) {
          throw new OssError('OSS_REQUEST_STATE', { state: request.state });
        }
        await challenges.end(id);
        await events.append(id, 'request.cancelled', { officer: officer.username });
      });
      return toRequestView(await access(id, officer));
    },
  };
}
