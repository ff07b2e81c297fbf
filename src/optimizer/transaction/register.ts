import { createHash } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import { USUAL_LEVEL } from '../../contract/model/signature-level.ts';
import type { NewRegistration } from '../signing-service/port.ts';
import { describedService, type StepContext } from './context.ts';

export type RegistrationPictures = NonNullable<NewRegistration['pictures']>;

/**
 * Registers the signer with the service and fetches the service contract, where it has one. Repeated after a crash
 * with the same idempotency key, so that one transaction never makes two requests.
 * @throws OssError OSS_PROFILE_UNKNOWN, OSS_CREDENTIALS_INVALID, OSS_REQUEST_INVALID, OSS_SERVICE_*
 */
export async function registerTransaction(
  context: StepContext,
  pictures: RegistrationPictures = [],
): Promise<void> {
  const { journal, service, vault } = context;
  const { id, identity, profile, registrationAuthority, organisation, registrationKey, levelIsUsual } =
    journal.transaction;
  const described = await describedService(context);
  if (!described.profiles.some((offered) => offered.id === profile)) {
    throw new OssError('OSS_PROFILE_UNKNOWN', {
      profile,
      offered: described.profiles.map((offered) => offered.id),
    });
  }
  const { registration } = service;
  const idempotencyKey = registrationKey ?? context.newKey();
  await journal.append({ type: 'registering', idempotencyKey });
  const request = await registration.register(
    {
      identity,
      profile,
      registrationAuthority,
      ...(organisation === undefined ? {} : { organisation }),
      ...(registration.takesPictures && pictures.length > 0 ? { pictures } : {}),
    },
    idempotencyKey,
  );
  const contract = await registration.contract?.(request.id);
  const contractSha256 = contract && createHash('sha256').update(contract).digest('hex');
  if (request.contractSha256 !== undefined && contractSha256 !== request.contractSha256) {
    throw new OssError('OSS_SERVICE_RESPONSE_INVALID', {
      reason: 'the contract is not the one that was announced',
    });
  }
  if (contract) await vault.writeContract(id, contract);
  const { name, version, mode, issuer } = described;
  await journal.append({
    type: 'registered',
    registration: {
      requestId: request.id,
      expiresAt: request.expiresAt,
      maskedPhone: request.maskedPhone,
      ...(contractSha256 === undefined ? {} : { contractSha256 }),
    },
    service: { name, version, mode, issuer },
    ...(levelIsUsual && !described.sendsValidationData ? { level: USUAL_LEVEL.withoutData } : {}),
  });
}
