import { randomInt } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { Language } from '../../contract/model/language.ts';
import {
  type CreateRequestForm,
  createRequestFormSchema,
  IDENTITY_IMAGES,
  signerFieldsSchema,
} from '../../contract/optimizer-api/index.ts';
import type { OfficerCredentials } from '../../optimizer/index.ts';
import { glyphRefusal } from '../../texts/field-refusals.ts';
import { settingsKey } from '../store/owners.ts';
import type { ApiRequestRecord, DialectName } from '../store/records.ts';
import { type ApiCore, type ApiPolicy, type CallCore, keyOfRequest, updateRequest } from './api-core.ts';
import { mayBeCalled } from './callback-guard.ts';
import { endTransaction } from './end-request.ts';
import { assertEnvironment } from './environment.ts';
import { mediaTypeOf } from './file-type.ts';
import { forgetRequest, officerNameOf } from './forget-request.ts';
import { parseForm } from './form-body.ts';
import { Refusal } from './refusal.ts';
import { clientFieldNames, identityOf } from './signer-fields.ts';
import { announceCreation, noteState } from './state-changes.ts';
import { officerOf } from './tokens.ts';
import type { Upload } from './uploaded-form.ts';

const APPROVAL_FAILED = 'Error occured during request approval:';

/**
 * Creates a request and lets the officer approve it, in one step.
 * @throws Refusal with the texts that clients know
 */
export async function createRequest(
  core: CallCore,
  dialect: DialectName,
  body: unknown,
  uploads: readonly Upload[],
): Promise<ApiRequestRecord> {
  const form = parseForm(createRequestFormSchema, body);
  assertEnvironment(form.env, core.policy.mode);
  assertCallback(form.callback, core.policy);
  const images = identityImages(uploads, core.policy);
  const officer = await officerOf(core, form);
  const pk = core.store.newNumber();
  const identity = identityOf(form, core.policy.mode, `SANDBOX${pk}`);
  const record = newRecord(core, pk, dialect, form);
  try {
    core.records.requests.put(keyOfRequest(pk), record);
    await core.files.createRequestFolder(pk);
    for (const { key, path } of images) await core.files.keepIdentityImage(pk, key, path);
    await approve(core, record, identity, officer);
    return await acknowledge(core, pk);
  } catch (error) {
    // Why it failed is the answer, not what went wrong afterwards; what stays is dropped at the next start.
    await abandon(core, pk).catch((cause: unknown) =>
      core.log(`request ${pk}, which could not begin`, cause),
    );
    throw error;
  }
}

/** A request without the end of its transaction would leave that one without anybody. */
async function abandon(core: ApiCore, pk: number): Promise<void> {
  const { transactionId } = core.records.requests.get(keyOfRequest(pk)) ?? {};
  if (transactionId !== undefined) await endTransaction(core, transactionId);
  await forgetRequest(core, pk);
}

/** All that the response says, in one step on the disk: a client that has none knows of nothing that would stay. */
async function acknowledge(core: ApiCore, pk: number): Promise<ApiRequestRecord> {
  const record = core.records.requests.get(keyOfRequest(pk));
  if (record?.transactionId === undefined) throw new OssError('OSS_INTERNAL');
  const transaction = await core.optimizer.get(record.transactionId);
  core.store.atomically(() => {
    updateRequest(core, pk, { acknowledged: true });
    announceCreation(core, pk, 'CREATED');
    noteState(core, pk, transaction);
  });
  return record;
}

export function newRecord(
  { policy, records, owner, now }: CallCore,
  pk: number,
  dialect: DialectName,
  form: CreateRequestForm,
): ApiRequestRecord {
  const defaults = records.settings.get(settingsKey(owner))?.request;
  const registrationAuthority =
    form.registration_authority || defaults?.default_ra || policy.defaultRegistrationAuthority;
  if (!registrationAuthority) throw new Refusal(400, 'Missing parameter: registration_authority required');
  return {
    pk,
    dialect,
    createdAt: now().toISOString(),
    fields: signerFieldsSchema.parse(form),
    scratchcard: String(randomInt(10 ** 12)).padStart(12, '0'),
    registrationAuthority,
    profile: form.profile || defaults?.default_profile || policy.defaultProfile,
    acknowledged: false,
    ...(form.callback ? { callback: form.callback } : {}),
    ...(form.useasync ? { asynchronous: true } : {}),
  };
}

/**
 * Registers the signer with the service, by the officer's PIN.
 * @throws Refusal 403, 412; OssError OSS_SERVICE_*
 */
export async function approve(
  core: ApiCore,
  record: ApiRequestRecord,
  identity: Identity,
  officer: OfficerCredentials,
): Promise<void> {
  const { pk, registrationAuthority } = record;
  await core.accounts.remember(officerNameOf(pk), officer);
  const refuse = (thrown: unknown): never => {
    throw registrationRefusal(thrown, identity.language);
  };
  const input = {
    identity,
    documents: [],
    profile: serviceProfile(core.policy, record.profile),
    registrationAuthority: serviceAuthority(core.policy, registrationAuthority),
    officer: officerNameOf(pk),
    deliverTo: core.files.signedFolder(pk),
  };
  const { id } = await core.optimizer.create(input).catch(refuse);
  try {
    updateRequest(core, pk, { transactionId: id });
    await core.optimizer.register(id);
    // The vault is emptied when the transaction ends; clients fetch the contract later too.
    await core.files.writeContract(pk, await core.optimizer.contract(id));
  } catch (thrown) {
    try {
      await endTransaction(core, id);
      updateRequest(core, pk, { transactionId: undefined });
    } catch (cause) {
      core.log(`transaction ${id}, which could not begin`, cause);
    }
    refuse(thrown);
  }
}

/**
 * A sandbox has one authority, and clients written from samples name those of their maker, which are numbers: any
 * number is taken for it, and shown as it was named.
 */
const serviceAuthority = ({ mode, defaultRegistrationAuthority }: ApiPolicy, named: string): string =>
  mode === 'sandbox' && /^[0-9]{1,10}$/.test(named) ? (defaultRegistrationAuthority ?? named) : named;

const serviceProfile = ({ profiles }: ApiPolicy, named: string): string =>
  profiles[named] ?? profiles['*'] ?? named;

function registrationRefusal(thrown: unknown, language: Language): unknown {
  if (!(thrown instanceof OssError)) return thrown;
  switch (thrown.code) {
    case 'OSS_CREDENTIALS_INVALID':
      return new Refusal(403, 'Invalid RAO Credentials', { cause: thrown });
    case 'OSS_FORBIDDEN':
      return new Refusal(403, 'You do not have permission to perform this action', { cause: thrown });
    case 'OSS_PROFILE_UNKNOWN':
      return new Refusal(412, `${APPROVAL_FAILED} Invalid request fields: profile`, { cause: thrown });
    case 'OSS_REQUEST_INVALID': {
      const { fields } = thrown.details;
      // The service says `name: what is wrong`; clients know the names alone.
      const names = Array.isArray(fields)
        ? clientFieldNames(fields.map((field) => String(field).split(':')[0] ?? ''))
        : 'not valid';
      return new Refusal(412, `${APPROVAL_FAILED} Invalid request fields: ${names}`, { cause: thrown });
    }
    case 'OSS_PDF_TEXT_UNSUPPORTED': {
      const { field } = thrown.details;
      const names = clientFieldNames(typeof field === 'string' ? [field] : []);
      const why = glyphRefusal(thrown.details, language) ?? thrown.message;
      return new Refusal(412, `${APPROVAL_FAILED} Invalid request fields: ${names}. ${why}`, {
        cause: thrown,
      });
    }
    default:
      return thrown;
  }
}

/** @throws Refusal 400, 415 */
function identityImages(uploads: readonly Upload[], { identityImages: rule }: ApiPolicy): readonly Upload[] {
  const images = uploads.filter(({ key }) => (IDENTITY_IMAGES as readonly string[]).includes(key));
  for (const { key, head } of images) {
    if (!['image/png', 'image/jpeg'].includes(mediaTypeOf(head))) {
      throw new Refusal(415, `Image file type not supported: ${key}`);
    }
  }
  const has = (key: string): boolean => images.some((image) => image.key === key);
  if (rule === 'required' && !(has('document_front') && has('document_rear'))) {
    throw new Refusal(400, `${APPROVAL_FAILED} Missing required docs`);
  }
  return images;
}

/**
 * Callbacks go out from this machine: only to where its operator lets them, and without a word of theirs not to this
 * machine or its network. What a name leads to is judged again when it is called.
 * @throws Refusal 400
 */
export function assertCallback(callback: string | undefined, { callbackHosts }: ApiPolicy): void {
  if (!callback) return;
  const url = URL.canParse(callback) ? new URL(callback) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || callback.length > 2000) {
    throw new Refusal(400, 'Invalid parameter: callback is not an address');
  }
  if (!mayBeCalled(callback, callbackHosts)) {
    throw new Refusal(400, 'Invalid parameter: callbacks to that host are not allowed');
  }
}
