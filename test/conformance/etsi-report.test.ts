import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DSS_CLASS_PATH } from '../../scripts/prerequisites.mjs';
import { type VerificationReport, verificationReportSchema } from '../../src/contract/model/verification.ts';
import { etsiReport, verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';
import { contract, FORGED_CONTENT, PART } from './attacks/contract.ts';
import { appendRevision } from './attacks/pdf-text.ts';
import { describeWithJudge } from './judges/at-hand.ts';
import { runJudge } from './judges/judged-file.ts';

let directory: string;
let sandbox: Sandbox;
let reports: Record<'valid' | 'attacked' | 'untrusted' | 'hostile', VerificationReport>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'etsi-'));
  sandbox = await startSandbox();
  const station = await Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory });
  const path = join(directory, 'contract.pdf');
  await writeFile(path, contract());
  const [signed] = await station.signAll([{ path, options: { reason: 'a < b & "c"' } }]);
  await station.close();
  const file = signed?.file ?? '';
  const attacked = join(directory, 'attacked.pdf');
  await writeFile(attacked, appendRevision(readFileSync(file), { [PART.content]: FORGED_CONTENT }));
  const options = { anchors: certificatesFromPem(sandbox.anchor), at: new Date() };
  const valid = await verifyFile(file, options);
  reports = {
    valid,
    attacked: await verifyFile(attacked, options),
    untrusted: await verifyFile(file, { ...options, anchors: [] }),
    hostile: {
      ...valid,
      signatures: valid.signatures.map((one) => ({ ...one, reasonForSigning: '<\u0000]]>&\ud800"' })),
    },
  };
});
afterAll(async () => {
  await sandbox?.close();
  await rm(directory, { recursive: true });
});

it('the indications are those of EN 319 102-1', () => {
  const of = ({ signatures }: VerificationReport) =>
    signatures.map(({ indication, subIndication }) => [indication, subIndication].filter(Boolean).join(' '));
  expect(of(reports.valid)).toEqual(['TOTAL-PASSED']);
  expect(of(reports.attacked)).toEqual(['TOTAL-FAILED FORMAT_FAILURE']);
  expect(of(reports.untrusted)).toEqual(['INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND']);
});

it('the JSON satisfies its schema', () => {
  for (const report of Object.values(reports)) {
    expect(verificationReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  }
});

it('the XML says who, when, what and why', () => {
  const xml = etsiReport(reports.attacked);
  expect(xml).toContain('<MainIndication>urn:etsi:019102:mainindication:total-failed</MainIndication>');
  expect(xml).toContain('<SubIndication>urn:etsi:019102:subindication:FORMAT_FAILURE</SubIndication>');
  expect(xml).toContain('What the pages show was changed (page 1).');
  expect(xml).toContain('<ReasonElement>a &lt; b &amp; &quot;c&quot;</ReasonElement>');
});

describeWithJudge('DSS', 'the schema of TS 119 102-2', () => {
  const source = join(import.meta.dirname, 'judges/dss/src/ReportSchema.java');

  it('is not satisfied by a report without an indication', async () => {
    const path = join(directory, 'broken.xml');
    await writeFile(
      path,
      etsiReport(reports.valid).replace(
        /<MainIndication>urn:etsi:019102:mainindication:total-passed<\/MainIndication>/,
        '',
      ),
    );
    const { output } = await runJudge('java', ['-cp', DSS_CLASS_PATH, source, path]);
    expect(output).toContain('MainIndication');
  });

  it.each(['valid', 'attacked', 'untrusted', 'hostile'] as const)(
    'is satisfied by the %s report',
    async (name) => {
      const path = join(directory, `${name}.xml`);
      await writeFile(path, etsiReport(reports[name]));
      const { code, output } = await runJudge('java', ['-cp', DSS_CLASS_PATH, source, path]);
      expect({ code, output }).toEqual({ code: 0, output: '' });
    },
  );
});
