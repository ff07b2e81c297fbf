import { OssError } from '../../../contract/errors.ts';
import type { TrustedListsView } from '../../../contract/ipc/admin/trusted-lists.ts';
import type { GroupHandlers } from '../../../contract/ipc/group.ts';
import type { AdminGroups } from '../../../contract/ipc/index.ts';
import type { Optimizer } from '../../../optimizer/index.ts';
import { toPem, viewOfPem } from '../../../pki/index.ts';
import type { AuditList } from '../../audit/audit-list.ts';
import { MAX_CERTIFICATE_FILE_BYTES, readCertificateFile } from '../../certificates/read-certificate-file.ts';
import type { FileDialogs } from '../../dialogs/port.ts';
import { readChosen } from '../../dialogs/read-chosen.ts';
import type { Caller } from '../../security/sender-policy.ts';

export interface TrustedListsParts {
  readonly audit: AuditList;
  readonly dialogs: FileDialogs;
  /** Who keeps the lists. */
  optimizer(): Promise<Pick<Optimizer, 'trustedLists' | 'pinTrustedLists'>>;
  /** Fetches them, once at a time. */
  fetch(): Promise<void>;
}

export function trustedListsHandlers({
  audit,
  dialogs,
  optimizer,
  fetch,
}: TrustedListsParts): GroupHandlers<AdminGroups['trustedLists'], Caller> {
  const view = async (): Promise<TrustedListsView> => {
    const { certificates, state } = await (await optimizer()).trustedLists();
    return { certificates: certificates.map((der) => viewOfPem(toPem(der))), ...(state && { state }) };
  };
  return {
    view,
    async chooseCertificates() {
      const path = await dialogs.chooseFile('certificates');
      if (path === undefined) return view();
      const chosen = readCertificateFile(await readChosen(path, MAX_CERTIFICATE_FILE_BYTES));
      const pem = chosen.map(({ raw }) => toPem(raw)).join('');
      const names = chosen.map(({ fingerprint256 }) => fingerprint256.replaceAll(':', '').toLowerCase());
      await audit.append({
        role: 'admin',
        action: 'settingChanged',
        subject: 'trustedLists.certificates',
        after: names.join(', '),
      });
      await (await optimizer()).pinTrustedLists(pem);
      return view();
    },
    async fetch() {
      const { certificates } = await (await optimizer()).trustedLists();
      if (certificates.length === 0) throw new OssError('OSS_CONFIG_INVALID', { fields: ['certificates'] });
      await fetch();
      return view();
    },
  };
}
