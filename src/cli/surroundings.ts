/** What the doctor asks of a computer, answered by the command line. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasKeychain } from '../base/keychain.ts';
import { PRODUCT_VERSION } from '../base/version.ts';
import { OssError } from '../contract/errors.ts';
import {
  freeBytes,
  osDisplays,
  osPrinters,
  type Surroundings,
  systemName,
  type TestedAccess,
} from '../doctor/index.ts';
import { lockDirectory } from '../optimizer/index.ts';
import { startEmbeddedService } from './embedded-service.ts';
import { readProvider } from './options/provider-option.ts';
import { readTls, type ServiceOptions } from './options/service-options.ts';
import { readCertificatesPem } from './options/trust-options.ts';

/** @throws OssError OSS_FILE_NOT_FOUND, OSS_CERTIFICATE_FILE_INVALID, OSS_CONFIG_INVALID of files that were named */
export async function surroundingsOf(
  options: ServiceOptions,
  role: Surroundings['role'],
): Promise<Surroundings> {
  const { data, service, tsa = [] } = options;
  const provider = options.provider === undefined ? undefined : await readProvider(options.provider);
  const baseUrl = provider?.choice.url ?? service;
  const tls = await readTls(options);
  const anchors = options.anchor === undefined ? '' : await readCertificatesPem(options.anchor);
  const certificates = [anchors, tls.ca, tls.cert].filter((text) => typeof text === 'string');
  return {
    role,
    anchors,
    certificates,
    trial: baseUrl === undefined,
    now: () => new Date(),
    version: PRODUCT_VERSION,
    system: systemName(),
    runtime: { name: 'Node', version: process.versions.node },
    dataDirectories: [data],
    timestampUrls: tsa,
    environment: process.env,
    reach: (use) =>
      baseUrl === undefined
        ? withEmbedded(data, use)
        : use({ ...remoteAccess(options, baseUrl, tls, anchors), ...(provider && { provider }) }),
    secrets: async () => ((await hasKeychain()) ? 'keychain' : 'new'),
    isInUse,
    room: freeBytes,
    displays: osDisplays,
    printers: osPrinters,
  };
}

function remoteAccess(
  { user }: ServiceOptions,
  baseUrl: string,
  tls: TestedAccess['tls'],
  anchors: string,
): TestedAccess {
  const { ONESHOT_PASSWORD: password, ONESHOT_PIN: pin } = process.env;
  const isComplete = user !== undefined && password !== undefined && pin !== undefined;
  return {
    baseUrl,
    tls,
    anchors,
    credentials: isComplete ? { username: user, password, pin } : undefined,
    profile: undefined,
  };
}

/** Where it has its data; where it has none yet, in a folder that goes again. */
async function withEmbedded<T>(data: string, use: (access: TestedAccess) => Promise<T>): Promise<T> {
  const own = join(data, 'service');
  if (!(await exists(own))) {
    const folder = await mkdtemp(join(tmpdir(), 'oneshot-doctor-'));
    try {
      return await withServiceIn(folder, use);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  if (await isInUse(data)) throw new OssError('OSS_DATA_IN_USE');
  return withServiceIn(own, use);
}

async function withServiceIn<T>(folder: string, use: (access: TestedAccess) => Promise<T>): Promise<T> {
  const embedded = await startEmbeddedService(folder);
  try {
    const { apiUrl, sandbox } = embedded.ready;
    return await use({
      baseUrl: apiUrl,
      tls: {},
      credentials: sandbox?.officer,
      anchors: sandbox?.anchorPem ?? '',
      profile: undefined,
    });
  } finally {
    await embedded.stop();
  }
}

/** Those that a station and the REST API keep below one folder, or that folder itself. */
async function isInUse(folder: string): Promise<boolean> {
  for (const directory of [folder, join(folder, 'station'), join(folder, 'optimizer')]) {
    if (!(await exists(join(directory, 'optimizer.lock.db')))) continue;
    try {
      await (await lockDirectory(directory)).release();
    } catch (thrown) {
      if (thrown instanceof OssError && thrown.code === 'OSS_DATA_IN_USE') return true;
      throw thrown;
    }
  }
  return false;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
