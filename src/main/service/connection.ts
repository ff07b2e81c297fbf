import { join } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import type { RestApiState } from '../../contract/ipc/admin/rest-api.ts';
import type { CaseRecord } from '../../contract/model/case.ts';
import type { SigningServiceDescription } from '../../contract/model/signing-service.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import {
  type DocumentWork,
  Optimizer,
  openSigningService,
  type SigningService,
} from '../../optimizer/index.ts';
import { hasApiData, openApiData } from '../../optimizer-api/index.ts';
import { type Access, type AccessOptions, accessTo } from './access.ts';
import { openRestApi, type RestApiOptions, sealingKeyIn } from './rest-api.ts';

/** The signature service and the Optimizer that works with it, opened together and closed together. */
export interface Connection {
  readonly optimizer: Optimizer;
  readonly service: SigningService;
  readonly info: SigningServiceDescription;
  readonly access: Access;
  readonly registrationAuthority: string;
  readonly profile: string;
  readonly restApi: RestApiState;
  /** What applications began goes with the record of its transaction, or by its age where it never had one. */
  forgetRemoved(before: Date): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectionOptions
  extends AccessOptions,
    Pick<RestApiOptions, 'version' | 'isAtDesk' | 'report'> {
  /** Vault and journals. */
  readonly recordsDirectory: string;
  readonly signatureFontPath: string;
  readonly documentWork: DocumentWork;
  /** Records that ended before are removed by now: what applications began goes with them. */
  readonly endedBefore: Date;
  /** Told the name of an index that was damaged and is made again. */
  readonly onSetAside: (name: string) => void;
  /** Told about every transaction that is new or has changed, no matter who changed it. */
  readonly onTransaction: (transaction: Transaction) => void;
  readonly onCase: (record: CaseRecord) => void;
}

/** @throws OssError OSS_CREDENTIALS_INVALID, OSS_SECRETS_LOCKED, OSS_SERVICE_*, OSS_DATA_IN_USE, OSS_ANCHOR_NEEDED */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of closers.splice(0).reverse()) await step();
  };
  try {
    return { ...(await open(options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param closers what was opened adds what closes it */
async function open(
  options: ConnectionOptions,
  closers: (() => Promise<void>)[],
): Promise<Omit<Connection, 'close'>> {
  const { settings, recordsDirectory } = options;
  const sealingKey = sealingKeyIn(options.secrets);
  // Locked secrets are asked for now, not by the first application that calls.
  if (settings.restApi.enabled) await sealingKey();
  const access = await accessTo(options);
  closers.push(() => access.stop());
  const { baseUrl, tls, credentials, registrationAuthority, anchors, provider } = access;
  if (!credentials && !provider)
    throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'no credentials are stored' });
  if (anchors === '') throw new OssError('OSS_ANCHOR_NEEDED');
  const service = openSigningService(
    provider
      ? { ...provider.choice, secrets: provider.secrets, tls }
      : { kind: 'oneshot', baseUrl, tls, ...(credentials && { credentials }) },
  );
  closers.push(() => service.close());
  const info = await service.describe();
  const profile = access.profile ?? info.profiles[0]?.id;
  if (profile === undefined) throw new OssError('OSS_SERVICE_RESPONSE_INVALID', { reason: 'no profile' });
  const hasApplications =
    provider === undefined && (settings.restApi.enabled || (await hasApiData(recordsDirectory)));
  const data = hasApplications
    ? await openApiData(recordsDirectory, { kind: 'oneshot', baseUrl, tls }, sealingKey)
    : undefined;
  closers.push(async () => data?.close());
  const optimizer = await Optimizer.open({
    dataDirectory: recordsDirectory,
    service,
    ...(data && { serviceOf: data.serviceOf }),
    anchors,
    signatureFontPath: options.signatureFontPath,
    documentWork: options.documentWork,
    onSetAside: options.onSetAside,
    timestampUrls: timestampUrlsFor(options, info),
    // Applications ask again and again. A desk alone keeps nothing of a customer who has left.
    remembersEnded: hasApplications,
  });
  closers.push(() => optimizer.close());
  const forgetRemoved = async (before: Date) => data?.forgetRemoved((id) => optimizer.has(id), before);
  await forgetRemoved(options.endedBefore);
  optimizer.onChange(options.onTransaction);
  optimizer.cases.onChange(options.onCase);
  const officer = settings.service.kind === 'embedded' ? credentials : undefined;
  const api = await openRestApi({
    ...options,
    optimizer,
    data,
    info,
    profile,
    registrationAuthority,
    officer,
  });
  closers.push(() => api.close());
  return {
    optimizer,
    service,
    info,
    access,
    profile,
    registrationAuthority,
    restApi: api.state,
    forgetRemoved,
  };
}

/**
 * Those of the settings, in their order. In a sandbox its own comes last: named, it may stand on this machine
 * also where the settings have anchors of others beside that of the sandbox.
 */
function timestampUrlsFor(
  { settings }: ConnectionOptions,
  info: SigningServiceDescription,
): readonly string[] {
  const { timestampUrls, service } = settings;
  return service.kind === 'embedded' && info.timestampUrl !== undefined
    ? [...timestampUrls, info.timestampUrl]
    : timestampUrls;
}

/** Where the station keeps the records of its transactions. */
export const recordsDirectoryIn = (dataDirectory: string): string => join(dataDirectory, 'station');
