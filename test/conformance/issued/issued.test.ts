import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeWithJudge } from '../judges/at-hand.ts';
import { judgePkilint, type Linting } from '../judges/pkilint.ts';
import { type Issued, issuedAfterCeremony, issuedBySandbox } from './collect.ts';
import { EXPLAINED } from './findings.ts';
import { conformanceTables } from './table.ts';

const DOCUMENT = join(import.meta.dirname, '../../../docs/conformance.md');
const [BEGIN, END] = ['<!-- tables -->\n', '\n<!-- end of tables -->'];

const issued = new Map<string, readonly Issued[]>();
beforeAll(async () => {
  issued.set('a sandbox', await issuedBySandbox());
  issued.set('a bank', await issuedAfterCeremony());
});

/** What each linter is asked about one thing. */
function lintingsOf({ kind, of, der }: Issued): Linting[] {
  if (kind === 'ocsp') return [{ linter: 'lint_ocsp_response', args: '', der }];
  if (kind === 'crl') {
    return ['CRL', 'ARL'].map((type) => ({ linter: 'lint_crl', args: `-t ${type} -p PKIX`, der }));
  }
  if (kind === 'timestamp') return [];
  const pkix: Linting = { linter: 'lint_pkix_cert', args: '', der };
  const person: Linting = { linter: 'lint_etsi_cert', args: '-t NCP-NATURAL-PERSON-CERTIFICATE', der };
  return of === 'signer' ? [pkix, person] : [pkix];
}

describeWithJudge('pkilint', 'pkilint, asked about everything that a service issues', () => {
  const found = new Set<string>();

  it.each(['a sandbox', 'a bank'])('of %s, finds nothing that is not explained', async (whose) => {
    const asked = (issued.get(whose) ?? []).flatMap((one) =>
      lintingsOf(one).map((linting) => ({ one, linting })),
    );
    expect(asked.length).toBeGreaterThan(50);
    const findings = await judgePkilint(asked.map(({ linting }) => linting));
    const said = findings.flatMap((some, index) =>
      some.map(({ severity, code, message }) => ({ of: asked[index]?.one.of, severity, code, message })),
    );
    for (const { code } of said) found.add(code);
    const known = EXPLAINED.map(({ code }) => code);
    expect(said.filter(({ code }) => !known.includes(code))).toEqual([]);
    const isNowhere = said.some(({ code }) => code.includes('unknown_country_code'));
    expect(isNowhere).toBe(whose === 'a sandbox');
    // A pointer is missing by design in short-term certificates, and in them alone.
    const pointers = said.filter(({ code }) => /crldp|ocsp_aia/.test(code));
    expect(new Set(pointers.map(({ of }) => of))).toEqual(new Set(['signer']));
  });

  it('finds everything that is explained: no explanation outlives its reason', () => {
    expect([...found].sort()).toEqual(EXPLAINED.map(({ code }) => code).sort());
  });

  it('notices what is wrong, or its silence would mean nothing', async () => {
    const [signer] = (issued.get('a bank') ?? []).filter(({ of }) => of === 'signer');
    if (signer === undefined) throw new Error('no certificate of a signer');
    const country = Buffer.from('0603550406', 'hex');
    const der = Buffer.from(signer.der);
    // The first country in a certificate is the issuer's.
    der.write('QQ', der.indexOf(country) + country.length + 2);
    const [findings = []] = await judgePkilint(lintingsOf({ ...signer, der }).slice(1));
    expect(findings.map(({ code }) => code).join()).toContain('country');
  });
});

describe('docs/conformance.md', () => {
  it('has the tables of today', () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const [before = '', rest = ''] = text.split(BEGIN);
    const after = rest.split(END)[1] ?? '';
    const current = `${before}${BEGIN}${conformanceTables(issued)}${END}${after}`;
    // To write it again: UPDATE_DOCUMENTS=1 npx vitest run test/conformance/issued
    if (process.env.UPDATE_DOCUMENTS) writeFileSync(DOCUMENT, current);
    expect(text).toBe(current);
  });
});
