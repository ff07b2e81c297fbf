import type { OneShotConfig, SigningService } from '../optimizer/index.ts';
import { openSigningService } from '../optimizer/index.ts';
import { forgetRemoved } from './core/forget-request.ts';
import { OfficerAccounts } from './core/officer-accounts.ts';
import { ApiFiles } from './store/api-files.ts';
import type { CallbackQueue } from './store/callback-queue.ts';
import type { CredentialStore } from './store/credential-store.port.ts';
import type { RecordStore } from './store/record-store.ts';
import { openCallbackQueue, openRecords, type Records, type Requests } from './store/records.ts';
import { keyBeside, openSealedFiles, type SealingKey } from './store/sealed-files.adapter.ts';

/** What the API remembers; opened before the Optimizer, which asks it for the officers of its transactions. */
export interface ApiData {
  readonly files: ApiFiles;
  readonly store: RecordStore;
  /** Of all applications. */
  readonly records: Records;
  /** Finds requests of all applications. */
  readonly requests: Requests;
  /** Callbacks that are due. */
  readonly pending: CallbackQueue;
  readonly secrets: CredentialStore;
  readonly accounts: OfficerAccounts;
  /** For `OptimizerOptions.serviceOf`. */
  readonly serviceOf: (officer: string) => Promise<SigningService>;
  /** Requests whose transaction is not there any more go with it; those that never had one go by their age. */
  forgetRemoved(isThere: (transactionId: string) => Promise<boolean>, before: Date): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param directory that of the Optimizer
 * @param service how officers reach the signature service
 * @param sealingKey for the secrets of officers; by default it lies beside them
 * @throws OssError OSS_FILE_WRITE_FAILED, OSS_CONFIG_INVALID
 */
export async function openApiData(
  directory: string,
  service: Omit<OneShotConfig, 'credentials'>,
  sealingKey?: SealingKey,
): Promise<ApiData> {
  const files = new ApiFiles(directory);
  await files.prepare();
  // The database is loaded with the first use of the API: the station starts without it.
  const { RecordStore } = await import('./store/record-store.ts');
  const store = new RecordStore(files.databasePath);
  try {
    const secrets = await openSealedFiles(files.secrets, sealingKey ?? keyBeside(files.secrets));
    const accounts = new OfficerAccounts(secrets, (credentials) =>
      openSigningService({ ...service, credentials }),
    );
    const records = openRecords(store, 'everyone');
    const requests = store.requestIndex(records.requests);
    const pending = openCallbackQueue(store);
    return {
      files,
      store,
      records,
      requests,
      pending,
      secrets,
      accounts,
      serviceOf: accounts.serviceOf,
      async forgetRemoved(isThere, before) {
        const kept = { records, requests, pending, files, accounts };
        // With all that the write-ahead log still says of them.
        if (await forgetRemoved(kept, isThere, before)) store.scrub();
      },
      async close() {
        await accounts.close();
        store.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}
