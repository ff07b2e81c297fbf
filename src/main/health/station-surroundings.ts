/** What the doctor asks of a computer, answered by the station. */
import { app, screen, type WebContents } from 'electron';
import { freeBytes, type Surroundings, systemName } from '../../doctor/index.ts';
import type { SecretKeeper } from '../secrets/secret-keeper.ts';
import { recordsDirectoryIn } from '../service/connection.ts';
import { anchorsFor } from '../service/tls-options.ts';
import type { Settings } from '../settings/port.ts';

export interface StationFacts extends Pick<Surroundings, 'reach'> {
  readonly settings: Settings;
  readonly secrets: Pick<SecretKeeper, 'state'>;
  /** Of a window that is open; printers are known to windows only. */
  readonly contents: WebContents | undefined;
}

export function stationSurroundings({ settings, secrets, contents, reach }: StationFacts): Surroundings {
  const { clientCertificate, anchors, timestampUrls, service } = settings;
  return {
    reach,
    timestampUrls,
    role: 'desk',
    trial: service.kind === 'embedded',
    now: () => new Date(),
    version: app.getVersion(),
    system: systemName(),
    runtime: { name: 'Electron', version: process.versions.electron ?? '' },
    dataDirectories: [recordsDirectoryIn(app.getPath('userData'))],
    anchors: anchorsFor(settings, 'signatures'),
    certificates: [
      ...anchors.map(({ pem }) => pem),
      ...(clientCertificate === undefined ? [] : [clientCertificate]),
    ],
    environment: process.env,
    secrets: () => secrets.state(),
    // By this program itself, that is.
    isInUse: async () => false,
    room: freeBytes,
    displays: async () => screen.getAllDisplays().length,
    printers: async () => (await contents?.getPrintersAsync())?.length ?? 0,
  };
}
