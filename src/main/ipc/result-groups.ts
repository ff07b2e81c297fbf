import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GroupHandlers } from '../../contract/ipc/group.ts';
import type { ClerkGroups } from '../../contract/ipc/index.ts';
import type { Language } from '../../contract/model/language.ts';
import { copyToNewFile, exportEvidence, writeEvidenceReport } from '../../optimizer/index.ts';
import type { Desk } from '../desk/desk.ts';
import type { ChooseFolder } from '../dialogs/choose-folder.ts';
import type { Printer } from '../printing/port.ts';
import type { Caller } from '../security/sender-policy.ts';

export interface ResultParts {
  readonly desk: Desk;
  readonly printer: Printer;
  readonly chooseFolder: ChooseFolder;
  /** Folder with the typefaces of reports. */
  readonly fonts: string;
  language(): Language;
}

export function resultHandlers(parts: ResultParts): GroupHandlers<ClerkGroups['results'], Caller> {
  const { desk, printer, chooseFolder, fonts, language } = parts;
  return {
    async saveCopies({ id }) {
      const files = await desk.papers.resultPaths(id);
      const folder = await chooseFolder();
      if (folder === undefined) return { saved: [] };
      const saved: string[] = [];
      for (const path of files) saved.push(await copyToNewFile(path, folder));
      return { saved };
    },
    async print({ id, index }) {
      const path = await desk.papers.resultPath(id, index);
      return { printed: await printer.print({ path, bytes: (await stat(path)).size }) };
    },
    async saveEvidence({ id }) {
      const records = await desk.papers.evidence(id);
      const folder = await chooseFolder();
      return { saved: folder === undefined ? [] : await exportEvidence(records, folder, language(), fonts) };
    },
    async printEvidence({ id }) {
      const report = await writeEvidenceReport(await desk.papers.evidence(id), language(), fonts);
      return { printed: await printBytes(printer, report) };
    },
  };
}

/** A report is on the disk only while it is printed. */
export async function printBytes(printer: Printer, pdf: Uint8Array): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'one-shot-print-'));
  try {
    const path = join(folder, 'report.pdf');
    await writeFile(path, pdf, { mode: 0o600 });
    return await printer.print({ path, bytes: pdf.length });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
