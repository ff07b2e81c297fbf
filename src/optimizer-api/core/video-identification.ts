import {
  createRequestFormSchema,
  createVideoFormSchema,
  evidencesFormSchema,
  officerDecisionFormSchema,
  refusalFormSchema,
} from '../../contract/optimizer-api/index.ts';
import type { ApiRequestRecord, DialectName } from '../store/records.ts';
import { type ApiCore, type CallCore, keyOfRequest, updateRequest } from './api-core.ts';
import { approve, assertCallback, newRecord } from './create-request.ts';
import { assertEnvironment } from './environment.ts';
import { mediaTypeOf } from './file-type.ts';
import { forgetRequest, officerNameOf } from './forget-request.ts';
import { parseForm } from './form-body.ts';
import { missingParameters, Refusal } from './refusal.ts';
import { identityOf } from './signer-fields.ts';
import { announceCreation, noteState } from './state-changes.ts';
import { officerOf } from './tokens.ts';
import type { Form } from './uploaded-form.ts';

export interface VideoIdentification {
  readonly videoid_pk: number;
  readonly videoid_link: string;
  readonly request_pk: number;
}

/**
 * A request whose evidence comes from the client's own video identification.
 * @throws Refusal 400
 */
export async function createVideoRequest(
  core: CallCore,
  dialect: DialectName,
  body: unknown,
): Promise<VideoIdentification> {
  const form = parseForm(createVideoFormSchema, body);
  const missing = (['mobile_phone_number', 'email'] as const).filter((name) => !form[name]);
  if (missing.length > 0) throw missingParameters(...missing);
  assertEnvironment(form.env, core.policy.mode);
  assertCallback(form.webhook_url, core.policy);
  const [pk, videoPk] = [core.store.newNumber(), core.store.newNumber()];
  const fields = parseForm(createRequestFormSchema, { ...form, callback: form.webhook_url });
  const record = newRecord(core, pk, dialect, fields);
  // Before its folder: what a kill leaves of it is found by its record.
  core.records.requests.put(keyOfRequest(pk), record);
  const keep = (): void => {
    core.records.requests.put(keyOfRequest(pk), {
      ...record,
      acknowledged: true,
      toldState: 'VIDEOPENDING',
      video: { pk: videoPk, state: 'VIDEOPENDING', evidences: false, video: false },
    });
    core.records.videos.put(keyOfRequest(videoPk), pk);
    announceCreation(core, pk, 'VIDEOPENDING');
  };
  try {
    await core.files.createRequestFolder(pk);
    core.store.atomically(keep);
  } catch (error) {
    await forgetRequest(core, pk).catch((cause: unknown) =>
      core.log(`request ${pk}, which could not begin`, cause),
    );
    throw error;
  }
  return { videoid_pk: videoPk, videoid_link: '', request_pk: pk };
}

/** @throws Refusal 400, 412 */
export async function storeEvidences(core: ApiCore, record: ApiRequestRecord, body: unknown): Promise<void> {
  assertUnfinished(record);
  const form = parseForm(evidencesFormSchema, body);
  const { videoid_data: data } = form;
  if (!data) throw missingParameters('videoid_data');
  const { given_name: givenName, surname_1: surname, serial_number: serial } = data.ocr_data ?? {};
  // Who has one name only has that one.
  if (!(givenName || surname) || !serial) {
    throw missingParameters('ocr_data.given_name', 'ocr_data.surname_1', 'ocr_data.serial_number');
  }
  await core.files.writeEvidences(record.pk, form);
  const known = Object.fromEntries(
    Object.entries(data.ocr_data ?? {}).filter(([, value]) => typeof value === 'string'),
  );
  updateRequest(core, record.pk, { fields: { ...record.fields, ...known } });
  moveOn(core, record.pk, { evidences: true });
}

/** @throws Refusal 400, 412, 415 */
export async function storeVideo(core: ApiCore, record: ApiRequestRecord, form: Form): Promise<void> {
  assertUnfinished(record);
  const upload = form.uploads.find(({ key }) => key === 'video') ?? form.uploads[0];
  if (!upload) throw missingParameters('video');
  if (mediaTypeOf(upload.head) !== 'video/mp4') {
    throw new Refusal(415, `Unsupported file type: ${upload.filename}`);
  }
  await core.files.keep(upload.path, core.files.videoPath(record.pk));
  moveOn(core, record.pk, { video: true });
}

function assertUnfinished({ video, cancelled }: ApiRequestRecord): void {
  if (!video) throw new Refusal(404, 'Request not found');
  const state = cancelled ? 'CANCELLED' : video.state;
  if (!['VIDEOPENDING', 'VIDEOINCOMPLETE'].includes(state)) {
    throw new Refusal(412, `Invalid VideoId status '${state}'`);
  }
}

function moveOn(core: ApiCore, pk: number, done: { evidences?: true; video?: true }): void {
  core.store.atomically(() => {
    const video = core.records.requests.get(keyOfRequest(pk))?.video;
    if (!video) return;
    const now = { ...video, ...done };
    const state = now.evidences && now.video ? 'VIDEOREVIEW' : 'VIDEOINCOMPLETE';
    updateRequest(core, pk, { video: { ...now, state } });
    noteState(core, pk);
  });
}

/** The officer approves what was identified: the signer is registered. @throws Refusal 400, 403, 404, 412 */
export async function approveVideo(core: ApiCore, record: ApiRequestRecord, body: unknown): Promise<void> {
  const officer = await decidingOfficer(core, body);
  if (record.video === undefined || record.transactionId !== undefined || record.cancelled) {
    throw new Refusal(412, 'Invalid request status');
  }
  if (!['VIDEOREVIEW', 'CREATED'].includes(record.video.state))
    throw new Refusal(412, 'Invalid request status');
  const identity = identityOf(record.fields, core.policy.mode, `SANDBOX${record.pk}`);
  await approve(core, record, identity, officer);
  const transactionId = core.records.requests.get(keyOfRequest(record.pk))?.transactionId;
  if (transactionId !== undefined) noteState(core, record.pk, await core.optimizer.get(transactionId));
}

/** First of the two steps of the older mode. @throws Refusal 400, 403, 404, 412 */
export async function validateVideo(core: ApiCore, record: ApiRequestRecord, body: unknown): Promise<void> {
  const officer = await decidingOfficer(core, body);
  await core.accounts.connection(officer).logIn();
  if (record.video?.state !== 'VIDEOREVIEW' || record.cancelled)
    throw new Refusal(412, 'Invalid request status');
  core.store.atomically(() => {
    updateRequest(core, record.pk, { video: record.video && { ...record.video, state: 'CREATED' } });
    noteState(core, record.pk);
  });
}

/** @throws Refusal 400, 403, 404, 412 */
export async function refuseVideo(core: ApiCore, record: ApiRequestRecord, body: unknown): Promise<void> {
  const { reason } = parseForm(refusalFormSchema, body);
  if (!reason) throw new Refusal(400, 'No reason specified');
  const officer = await decidingOfficer(core, body);
  await core.accounts.connection(officer).logIn();
  if (record.video?.state !== 'VIDEOREVIEW' || record.cancelled)
    throw new Refusal(412, 'Invalid request status');
  core.store.atomically(() => {
    updateRequest(core, record.pk, { cancelled: true });
    noteState(core, record.pk);
  });
  await core.accounts.forget(officerNameOf(record.pk));
}

async function decidingOfficer(core: ApiCore, body: unknown) {
  const form = parseForm(officerDecisionFormSchema, body);
  if (!form.token && !form.username) {
    throw new Refusal(400, "Missing required parameters: incomplete RAO's credentials");
  }
  return officerOf(core, form);
}
