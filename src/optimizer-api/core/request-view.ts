import { setImmediate } from 'node:timers/promises';
import type { Transaction } from '../../contract/model/transaction.ts';
import {
  type ApiRequestState,
  type AsyncState,
  UNUSED_REQUEST_KEYS,
} from '../../contract/optimizer-api/index.ts';
import type { ApiRequestRecord } from '../store/records.ts';
import type { ApiCore } from './api-core.ts';
import { asNumber } from './callbacks.ts';
import { certificateTime } from './dates.ts';
import { settledState, stateOf } from './request-state.ts';

const transactionOfRecord = async (
  { optimizer }: Pick<ApiCore, 'optimizer'>,
  { transactionId }: ApiRequestRecord,
): Promise<Transaction | undefined> =>
  transactionId === undefined ? undefined : optimizer.get(transactionId);

/** GET request: every key that clients know, null where this product has no use for it. */
export async function describeRequest(
  core: Pick<ApiCore, 'optimizer'>,
  record: ApiRequestRecord,
): Promise<Record<string, unknown> & { pk: number }> {
  const transaction = await transactionOfRecord(core, record);
  const { pk, fields } = record;
  const registrationAuthority = asNumber(record.registrationAuthority);
  const user = {
    pk: null,
    request: null,
    permission_profile: null,
    registration_authority: registrationAuthority,
  };
  return {
    ...Object.fromEntries(UNUSED_REQUEST_KEYS.map((key) => [key, null])),
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    pk,
    status: settledState(record) ?? stateOf(record, transaction),
    profile: record.profile,
    scratchcard: record.scratchcard,
    registration_authority: registrationAuthority,
    ...signerOf(record, transaction),
    paperless_mode: true,
    secure_element: 2,
    validity_time: '1',
    videoid_mode: record.video !== undefined,
    communication_language: fields.communication_language ?? null,
    certificate_set: certificatesOf(transaction),
    configuration_data: {},
    approving_user: user,
    registering_user: user,
    approving_rao: null,
    is_identificator: false,
  };
}

function signerOf(
  { fields }: ApiRequestRecord,
  transaction: Transaction | undefined,
): Record<string, unknown> {
  const country = fields.id_document_country ?? transaction?.identity.idDocument.country ?? null;
  return {
    given_name: fields.given_name ?? null,
    surname_1: fields.surname_1 ?? null,
    surname_2: fields.surname_2 ?? null,
    email: fields.email ?? null,
    // As it was received: some clients wrote it without the plus.
    mobile_phone_number: fields.mobile_phone_number ?? '',
    serial_number: fields.serial_number ?? transaction?.identity.idDocument.number ?? null,
    id_document_type: fields.id_document_type ?? transaction?.identity.idDocument.type ?? null,
    id_document_country: country,
    country_name: country,
  };
}

function certificatesOf(transaction: Transaction | undefined): unknown[] {
  const certificate = transaction?.certificate;
  if (transaction?.state !== 'delivered' || certificate === undefined) return [];
  return [
    {
      status: 'VALID',
      serial_number: certificate.serialNumber,
      valid_from: certificateTime(certificate.notBefore),
      valid_to: certificateTime(certificate.notAfter),
    },
  ];
}

const stateOfRecord = async (
  core: Pick<ApiCore, 'optimizer'>,
  record: ApiRequestRecord,
): Promise<ApiRequestState> =>
  settledState(record) ?? stateOf(record, await transactionOfRecord(core, record));

/** How many requests are looked at before other calls have their turn. */
const AT_ONCE = 100;

/** How many requests are listed without a limit. */
export const DEFAULT_PAGE = 200;

export interface ListedRequests {
  readonly listed: Record<string, unknown>;
  /** The pk behind which there are more. */
  readonly moreAfter: number | undefined;
}

/**
 * GET requests, by their pk: in JSON, members that are numbers have no other order for many clients.
 * @param after the pk behind which to begin
 * @param limit how many at most, by default a page
 */
export async function listRequests(
  core: Pick<ApiCore, 'optimizer' | 'records'>,
  { after, limit = DEFAULT_PAGE }: { after?: number | undefined; limit?: number | undefined },
): Promise<ListedRequests> {
  const listed: Record<string, unknown> = {};
  let [last, left] = [after ?? 0, limit];
  for (;;) {
    const page = core.records.requests.page(last, AT_ONCE);
    const known = page.map(([, record]) => record).filter(({ acknowledged }) => acknowledged);
    const wanted = known.slice(0, left);
    const summaries = await Promise.all(wanted.map((record) => summaryOf(core, record)));
    for (const [index, { pk }] of wanted.entries()) listed[pk] = summaries[index];
    left -= wanted.length;
    const lastListed = wanted.at(-1)?.pk ?? last;
    if (known.length > wanted.length) return { listed, moreAfter: lastListed };
    if (page.length < AT_ONCE) return { listed, moreAfter: undefined };
    last = Number(page.at(-1)?.[0]);
    await setImmediate();
  }
}

async function summaryOf(
  core: Pick<ApiCore, 'optimizer'>,
  record: ApiRequestRecord,
): Promise<Record<string, unknown>> {
  const { profile, createdAt, fields } = record;
  return {
    status: await stateOfRecord(core, record),
    given_name: fields.given_name ?? null,
    surname_1: fields.surname_1 ?? null,
    surname_2: fields.surname_2 ?? null,
    profile,
    registration_authority: asNumber(record.registrationAuthority),
    created: createdAt,
  };
}

/** Of any request; one that is not asynchronous goes through the same states. */
export async function asyncStateOf(
  core: Pick<ApiCore, 'optimizer'>,
  record: ApiRequestRecord,
): Promise<AsyncState> {
  if (record.asyncState !== undefined) return record.asyncState;
  switch (await stateOfRecord(core, record)) {
    case 'ENROLLREADY':
      return 'approved';
    case 'ISSUED':
      return 'signed';
    case 'CANCELLED':
    case 'VIDEOERROR':
      return 'error';
    default:
      return 'pending';
  }
}
