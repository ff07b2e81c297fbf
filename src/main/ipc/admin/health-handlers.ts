import { writeFile } from 'node:fs/promises';
import { OssError } from '../../../contract/errors.ts';
import type { GroupHandlers } from '../../../contract/ipc/group.ts';
import type { AdminGroups } from '../../../contract/ipc/index.ts';
import { examine, type SupportBundle, type Surroundings, supportBundle } from '../../../doctor/index.ts';
import type { AuditList } from '../../audit/audit-list.ts';
import type { FileDialogs } from '../../dialogs/port.ts';
import type { Caller } from '../sender-policy.ts';

interface HealthParts {
  readonly surroundings: () => Surroundings;
  readonly audit: AuditList;
  readonly dialogs: FileDialogs;
}

export function healthHandlers({
  surroundings,
  audit,
  dialogs,
}: HealthParts): GroupHandlers<AdminGroups['health'], Caller> {
  let last: SupportBundle | undefined;
  const look = async () => {
    const asked = surroundings();
    const report = await examine(asked);
    last = supportBundle(report, asked);
    return report;
  };
  return {
    examine: look,
    async saveForSupport() {
      if (last === undefined) await look();
      const path = await dialogs.chooseTarget(`support-${new Date().toISOString().slice(0, 10)}.json`);
      if (path === undefined) return { saved: false };
      await audit.append({ role: 'admin', action: 'supportFileSaved' });
      const text = `${JSON.stringify(last, undefined, 2)}\n`;
      await writeFile(path, text, { mode: 0o600 }).catch((cause: unknown) => {
        throw new OssError('OSS_FILE_WRITE_FAILED', {}, { cause });
      });
      return { saved: true };
    },
  };
}
