import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readListContent, type TrustedList } from '../../src/optimizer/trusted-lists/list-content.ts';
import { readSignedList } from '../../src/optimizer/trusted-lists/signed-list.ts';
import { TrustedLists } from '../../src/optimizer/trusted-lists/trusted-lists.ts';
import { type Certificate, parseCertificate } from '../../src/pki/index.ts';

/**
 * Real lists, which are not ours to copy: a folder with `eu-lotl.xml` and national lists of that time, as EU DSS and
 * pyHanko keep them for their own tests. TRUSTED_LISTS says where.
 */
const FOLDER = process.env.TRUSTED_LISTS ?? '';
const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.xml')) : [];

/** The certificate that a list names as its signer: what a pin would hold. */
function signerNamedBy(xml: string): Certificate[] {
  const signature = xml.slice(xml.search(/<(?:\w+:)?SignedInfo[ >]/u));
  const found = /X509Certificate>([^<]+)</u.exec(signature)?.[1];
  return found === undefined ? [] : [parseCertificate(Buffer.from(found, 'base64'))];
}

const BROKEN =
  /broken|no-sig|two-sigs|empty|not-parsable|not-parseable|non-compliant|not-compl|not-conform|directive|altered/u;

describe.skipIf(names.length === 0)('real lists (skipped where there are none)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-real-lists-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (name: string): TrustedList => {
    const bytes = readFileSync(join(FOLDER, name));
    return readListContent(readSignedList(bytes, signerNamedBy(bytes.toString('utf8'))));
  };

  it.each(names.filter((name) => /^(eu-lotl|eu-lotl-pivot-\d+|[A-Z]{2}|tsl-\w\w(-v6)?)\.xml$/u.test(name)))(
    '%s verifies and is read',
    (name) => {
      const list = read(name);
      expect(list.territory).toMatch(/^[A-Z]{2}$/u);
      if (list.isListOfLists) expect(list.pointers.length).toBeGreaterThan(25);
      else expect(list.services.length).toBeGreaterThan(0);
    },
  );

  it.each(names.filter((name) => BROKEN.test(name)))('%s is refused', (name) => {
    expect(() => read(name)).toThrow();
  });

  it('a list of lists with its own signer pinned is authentic', async () => {
    const lotl = readFileSync(join(FOLDER, 'eu-lotl.xml'));
    for (const name of names.filter((one) => !BROKEN.test(one)))
      writeFileSync(join(folder, name), readFileSync(join(FOLDER, name)));
    const lists = await TrustedLists.open(folder, signerNamedBy(lotl.toString('utf8')));
    const { issued } = read('eu-lotl.xml');
    const [anybody] = signerNamedBy(lotl.toString('utf8'));
    expect(lists.problemFor(anybody ? [anybody] : [], new Date(issued.getTime() + 1000))).not.toBe(
      'listOfListsNotAuthentic',
    );
  });
});
