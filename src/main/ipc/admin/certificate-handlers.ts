import type { X509Certificate } from 'node:crypto';
import { basename } from 'node:path';
import { OssError } from '../../../contract/errors.ts';
import type { AnchorUse } from '../../../contract/ipc/admin/certificate-view.ts';
import type { AdminView } from '../../../contract/ipc/admin/settings.ts';
import type { GroupHandlers } from '../../../contract/ipc/group.ts';
import type { AdminGroups } from '../../../contract/ipc/index.ts';
import { fingerprintOf, toPem, viewOfCertificate, viewOfPem } from '../../../pki/index.ts';
import type { AuditList } from '../../audit/audit-list.ts';
import { MAX_CERTIFICATE_FILE_BYTES, readCertificateFile } from '../../certificates/read-certificate-file.ts';
import type { KeyFile } from '../../certificates/read-key-file.ts';
import type { FileDialogs } from '../../dialogs/port.ts';
import { readChosen } from '../../dialogs/read-chosen.ts';
import type { SecretKeeper } from '../../secrets/secret-keeper.ts';
import type { AuditedSettings } from '../../settings/audited-settings.ts';
import type { Settings, SettingsChanges } from '../../settings/port.ts';
import type { Caller } from '../sender-policy.ts';
import type { Concern } from './settings-handlers.ts';

/** With the library that reads them, which is loaded with the first key file. */
const keyFiles = () => import('../../certificates/read-key-file.ts');

export interface CertificateParts {
  readonly settings: AuditedSettings;
  readonly secrets: SecretKeeper;
  readonly audit: AuditList;
  readonly dialogs: FileDialogs;
  view(): Promise<AdminView>;
  renewConnection(concern: Concern): void;
}

/** Files that were chosen and not yet taken into use; forgotten when the area is left. */
export class ChosenFiles {
  keyFile: Buffer | undefined;
  opened: KeyFile | undefined;
  anchors: readonly X509Certificate[] = [];

  forget(): void {
    this.keyFile = undefined;
    this.opened = undefined;
    this.anchors = [];
  }
}

export function certificateHandlers(
  parts: CertificateParts,
  chosen: ChosenFiles,
): GroupHandlers<AdminGroups['certificates'], Caller> {
  const { settings, secrets, audit, dialogs } = parts;
  const change = async (concern: Concern, changes: SettingsChanges): Promise<AdminView> => {
    await settings.change('admin', changes);
    parts.renewConnection(concern);
    return parts.view();
  };
  return {
    async chooseKeyFile() {
      chosen.forget();
      const path = await dialogs.chooseFile('keyFile');
      if (path === undefined) return {};
      chosen.keyFile = await readChosen(path, (await keyFiles()).MAX_KEY_FILE_BYTES);
      return { name: basename(path) };
    },
    async openKeyFile({ password }) {
      if (!chosen.keyFile) throw new OssError('OSS_FILE_NOT_FOUND');
      const { readKeyFile } = await keyFiles();
      chosen.opened = readKeyFile(chosen.keyFile, password, new Date());
      return viewOfCertificate(chosen.opened.certificate);
    },
    async takeKeyFile() {
      if (!chosen.opened) throw new OssError('OSS_FILE_NOT_FOUND');
      const { key, certificates } = chosen.opened;
      await audit.append({ role: 'admin', action: 'secretStored', subject: 'client-key' });
      await (await secrets.store()).write('client-key', key);
      chosen.forget();
      return change('admission', { clientCertificate: certificates });
    },
    discardKeyFile: () => chosen.forget(),
    async removeClientCertificate() {
      await audit.append({ role: 'admin', action: 'secretRemoved', subject: 'client-key' });
      await (await secrets.store()).remove('client-key');
      return change('admission', { clientCertificate: undefined });
    },
    async chooseAnchors() {
      const path = await dialogs.chooseFile('certificates');
      chosen.anchors =
        path === undefined ? [] : readCertificateFile(await readChosen(path, MAX_CERTIFICATE_FILE_BYTES));
      const known = new Set(settings.read().anchors.map(({ pem }) => viewOfPem(pem).fingerprint));
      return chosen.anchors.map((certificate) => {
        const view = viewOfCertificate(certificate);
        return { ...view, isAuthority: certificate.ca, known: known.has(view.fingerprint) };
      });
    },
    addAnchor({ fingerprint, use }) {
      const certificate = chosen.anchors.find((candidate) => fingerprintOf(candidate) === fingerprint);
      if (!certificate) throw new OssError('OSS_FILE_NOT_FOUND');
      // A server may be trusted by its own certificate; signatures only by that of an authority.
      if (use === 'signatures' && !certificate.ca) {
        throw new OssError('OSS_CERTIFICATE_FILE_INVALID', { reason: 'not the certificate of an authority' });
      }
      const { anchors } = settings.read();
      return change(concernOf(use), {
        anchors: [...without(anchors, fingerprint, use), { pem: toPem(certificate.raw), use }],
      });
    },
    removeAnchor: ({ fingerprint, use }) =>
      change(concernOf(use), { anchors: without(settings.read().anchors, fingerprint, use) }),
  };
}

const concernOf = (use: AnchorUse): Concern => (use === 'signatures' ? 'service' : 'admission');

const without = (anchors: Settings['anchors'], fingerprint: string, use: string): Settings['anchors'] =>
  anchors.filter((anchor) => anchor.use !== use || viewOfPem(anchor.pem).fingerprint !== fingerprint);
