/** What the station stands on: remembered signers, the service it works with, and the records of that work. */
import { join } from 'node:path';
import { app } from 'electron';
import { OssError, toOssError } from '../contract/errors.ts';
import type { CaseRecord } from '../contract/model/case.ts';
import type { Transaction } from '../contract/model/transaction.ts';
import type { DocumentWork } from '../optimizer/index.ts';
import type { AuditNote } from './audit/audit-list.ts';
import { customerFile, customersKey } from './customers/customer-records.ts';
import { type CustomerEvent, ReturningCustomers } from './customers/returning-customers.ts';
import { draftFile } from './drafts/draft-records.ts';
import { Drafts } from './drafts/drafts.ts';
import { IdPictures } from './id-pictures/id-pictures.ts';
import { Retention } from './retention/retention.ts';
import { openConnection, recordsDirectoryIn } from './service/connection.ts';
import { ConnectionHolder } from './service/connection-holder.ts';
import type { StoredState } from './stored-state.ts';

export interface ServiceOptions {
  /** Folder of the compiled `main`. */
  readonly bundles: string;
  readonly resources: string;
  readonly documentWork: DocumentWork;
  readonly report: (error: OssError) => void;
}

/** Signers of the last days. */
export function openCustomers({ settings, secrets, audit }: StoredState): ReturningCustomers {
  return new ReturningCustomers({
    records: customerFile(join(app.getPath('userData'), 'customers.json')),
    async key() {
      const store = await secrets.available();
      return store && customersKey(store);
    },
    days: () => settings.read().retention.customersDays,
    now: () => new Date(),
    audit: (event) => audit.append(noteOf(event)),
  });
}

/** What clerks prepare and have not registered yet. */
export function openDrafts({ settings, secrets }: StoredState): Drafts {
  return new Drafts({
    records: draftFile(join(app.getPath('userData'), 'drafts.json')),
    async key() {
      const store = await secrets.available();
      return store && customersKey(store);
    },
    days: () => settings.read().retention.customersDays,
    now: () => new Date(),
  });
}

/** Pictures of people who are being registered. */
export function openIdPictures({ settings, secrets }: StoredState): IdPictures {
  return new IdPictures({
    folder: join(app.getPath('userData'), 'id-pictures'),
    async key() {
      const store = await secrets.available();
      return store && customersKey(store);
    },
    days: () => settings.read().retention.customersDays,
    now: () => new Date(),
  });
}

/** What happens to remembered signers, as the audit list says it: never who. */
function noteOf(event: CustomerEvent): AuditNote {
  if (event.kind === 'customers-purged') {
    return { role: 'station', action: 'customersRemoved', after: String(event.count) };
  }
  return event.kind === 'customer-data-used'
    ? { role: 'clerk', action: 'customerDataUsed' }
    : { role: 'station', action: 'customerRemembered' };
}

export const signatureFontPath = (resources: string): string =>
  join(resources, 'fonts', 'NotoSans-Regular.ttf');

/** What the service in use asks of the desk, and what it tells. */
export interface ServiceEvents {
  isBusy(): boolean;
  onChange(): void;
  onTransaction(transaction: Transaction): void;
  onCase(record: CaseRecord): void;
  isAtDesk(transactionId: string): boolean;
}

/** The signature service in use, and the records of what was done with it. */
export function openService(
  { settings, secrets, audit }: StoredState,
  customers: { purge(): Promise<void> },
  { bundles, resources, report, documentWork }: ServiceOptions,
  events: ServiceEvents,
) {
  const dataDirectory = app.getPath('userData');
  const recordsDirectory = recordsDirectoryIn(dataDirectory);
  const access = () => ({
    settings: settings.read(),
    secrets: () => secrets.store(),
    dataDirectory,
    serviceEntry: join(bundles, 'main', 'signature-service.js'),
  });
  const onFailure = (error: unknown) => report(toOssError(error));
  const onSetAside = (name: string) => report(new OssError('OSS_RECORD_DAMAGED', { reason: name }));
  const connection: ConnectionHolder = new ConnectionHolder({
    ...events,
    onFailure,
    async open() {
      // Before anything else is done with the records: those whose time is over go.
      await retention.applyToClosed();
      return openConnection({
        ...access(),
        recordsDirectory,
        signatureFontPath: signatureFontPath(resources),
        documentWork,
        endedBefore: retention.endedBefore(),
        onSetAside,
        version: app.getVersion(),
        onTransaction: events.onTransaction,
        onCase: events.onCase,
        isAtDesk: events.isAtDesk,
        report: (_what, thrown) => onFailure(thrown),
      });
    },
  });
  const retention: Retention = new Retention({
    recordsDirectory,
    recordsDays: () => settings.read().retention.recordsDays,
    connection,
    customers,
    onSetAside,
    onRemoved: (count) => audit.append({ role: 'station', action: 'recordsRemoved', after: String(count) }),
  });
  retention.repeatDaily(onFailure);
  return { connection, retention, access };
}
