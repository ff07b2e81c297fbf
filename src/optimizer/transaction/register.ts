import { createHash } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import { type StepContext, serviceInfo } from './context.ts';

/**
 * Registers the signer with the service and fetches the service contract. Repeated after a crash with the
 * same idempotency key, so that one transaction never makes two requests.
 * @throws OssError OSS_PROFILE_UNKNOWN, OSS_CREDENTIALS_INVALID, OSS_REQUEST_INVALID, OSS_SERVICE_*
 */
export async function registerTransaction(context: StepContext): Promise<void> {
  const { journal, service, vault } = context;
  const { id, identity, profile, registrationAuthority, organisation, registrationKey } = journal.transaction;
  const info = await serviceInfo(context);
  if (!info.profiles.some((offered) => offered.id === profile)) {
    throw new OssError('OSS_PROFILE_UNKNOWN', {
      profile,
      offered: info.profiles.map((offered) => offered.id),
    });
  }
  const idempotencyKey = registrationKey ?? context.newKey();
  await journal.append({ type: 'registering', idempotencyKey });
  const request = await service.createRequest(
    { identity, profile, registrationAuthority, ...(organisation === undefined ? {} : { organisation }) },
    idempotencyKey,
  );
  const contract = await service.contract(request.id);
  if (createHash('sha256').update(contract).digest('hex') !== request.contract.sha256) {
    throw new OssError('OSS_SERVICE_NONSENSE', { reason: 'the contract is not the one that was announced' });
  }
  await vault.writeContract(id, contract);
  await journal.append({
    type: 'registered',
    registration: {
      requestId: request.id,
      expiresAt: request.expiresAt,
      maskedPhone: request.maskedPhone,
      contractSha256: request.contract.sha256,
    },
    service: { name: info.name, version: info.version, mode: info.mode, issuer: info.issuer },
  });
}
