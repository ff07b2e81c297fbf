import { settingsKey } from '../store/owners.ts';
import type { ApiRequestRecord } from '../store/records.ts';
import type { CallCore } from './api-core.ts';
import { cancelRequest } from './end-request.ts';
import { forgetCallbacks } from './forget-request.ts';
import { deleteImage } from './images.ts';
import { deleteAllMetadata } from './metadata.ts';
import { deleteToken } from './tokens.ts';

/**
 * What becomes of an application whose key was revoked: credentials, pictures, metadata and settings are removed,
 * nobody is told anything, and what is under way is cancelled. A signature that was promised is still made: the
 * signer has agreed to it. Requests with their documents stay, out of reach, until their retention is over or the
 * application gets a new key. May be done again.
 */
export async function closeApplication(core: CallCore): Promise<void> {
  const { records, store, owner } = core;
  for (const { uid } of records.tokens.list()) await deleteToken(core, uid);
  for (const { uid } of records.images.list()) await deleteImage(core, uid);
  deleteAllMetadata(core);
  records.settings.remove(settingsKey(owner));
  const requests = records.requests.list();
  for (const record of requests.filter(isUnderWay)) await cancelRequest(core, record);
  forgetCallbacks(core, new Set(requests.map(({ pk }) => pk)));
  store.scrub();
}

const isUnderWay = ({ cancelled, toldState, asyncState }: ApiRequestRecord): boolean =>
  !cancelled && toldState !== 'ISSUED' && toldState !== 'CANCELLED' && asyncState !== 'signing';
