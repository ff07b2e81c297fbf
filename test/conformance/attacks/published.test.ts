import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyFile } from '../../../src/optimizer/index.ts';

/**
 * Demonstration files of others (RUB-NDS/pdf-attacker, esig/dss), beside the checkout or where ATTACK_FILES says. They are
 * not ours to copy. Their signers chain to roots that we do not have: judged is what was covered and changed.
 */
const FOLDER = process.env.ATTACK_FILES ?? join(import.meta.dirname, '../../../../shared/attacks');

const PUBLISHED = [
  ['shadow-hide-1-signed.pdf', 'undecided', []],
  ['shadow-hide-1-attacked.pdf', 'invalid', ['pageContentChanged']],
  ['shadow-hide-replace-1-attacked.pdf', 'invalid', ['hiddenContentActivated']],
  ['shadow-replace-1-attacked.pdf', 'invalid', ['annotationChanged']],
  ['dss-pades-signed-annot-added.pdf', 'undecided', ['annotationAdded', 'documentSettingChanged']],
  ['dss-pdf-byterange-overlap.pdf', 'invalid', []],
  ['dss-pdf-signed-out-of-byteRange.pdf', 'invalid', []],
  ['dss-certified-changes-permitted.pdf', 'undecided', []],
] as const;

describe.skipIf(!existsSync(FOLDER))('published attack files (skipped where they are not available)', () => {
  it.each(PUBLISHED)('%s: %s', async (name, verdict, kinds) => {
    const report = await verifyFile(join(FOLDER, name), { anchors: [], at: new Date() });
    const found = report.signatures.flatMap(({ changes }) => changes);
    const notAllowed = found.filter(({ outcome }) => outcome !== 'allowed').map(({ kind }) => kind);
    expect(report.verdict, JSON.stringify(report.signatures, null, 1)).toBe(verdict);
    expect([...new Set(notAllowed)].sort()).toEqual([...kinds].sort());
  });

  it.each(['shadow-hide-1-before.pdf', 'shadow-replace-1-before.pdf'])(
    '%s has no signature',
    async (name) => {
      const verification = verifyFile(join(FOLDER, name), { anchors: [], at: new Date() });
      await expect(verification).rejects.toMatchObject({ code: 'OSS_PDF_NO_SIGNATURE' });
    },
  );
});
