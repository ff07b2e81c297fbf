import { writeFile } from 'node:fs/promises';
import { OssError } from '../../../contract/errors.ts';
import { MAX_AUDIT_ENTRIES_SHOWN } from '../../../contract/ipc/admin/audit.ts';
import type { GroupHandlers } from '../../../contract/ipc/group.ts';
import type { AdminGroups } from '../../../contract/ipc/index.ts';
import type { AuditList } from '../../audit/audit-list.ts';
import type { FileDialogs } from '../../dialogs/port.ts';
import type { Caller } from '../../security/sender-policy.ts';

export function auditHandlers(
  audit: AuditList,
  dialogs: FileDialogs,
): GroupHandlers<AdminGroups['audit'], Caller> {
  return {
    async list() {
      const { entries, chain } = await audit.read();
      return { entries: entries.slice(-MAX_AUDIT_ENTRIES_SHOWN).reverse(), chain };
    },
    async export() {
      const path = await dialogs.chooseTarget(`audit-${new Date().toISOString().slice(0, 10)}.jsonl`);
      if (path === undefined) return { saved: false };
      await audit.append({ role: 'admin', action: 'listExported' });
      await writeFile(path, await audit.bytes(), { mode: 0o600 }).catch((cause: unknown) => {
        throw new OssError('OSS_FILE_WRITE_FAILED', {}, { cause });
      });
      return { saved: true };
    },
  };
}
