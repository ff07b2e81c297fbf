import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/contract/model/language.ts';
import { exportEvidence } from '../../src/optimizer/index.ts';
import { SHIPPED_PROFILES } from '../../src/service/settings/profiles.ts';
import { reportTexts } from '../../src/texts/report.ts';
import { startTestService, type TestService } from './service-client.ts';
import { newSigner, Station } from './station.ts';

const FONTS = join(import.meta.dirname, '../../resources/fonts');
const DOCUMENT = join(import.meta.dirname, '../corpus/libreoffice.pdf');
const CHANNELS = ['voice', 'email'] as const;

let directory: string;
let running: TestService;
let station: Station;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'channels-'));
  const [shipped] = SHIPPED_PROFILES;
  running = await startTestService({
    ...{ voice: { type: 'outbox' }, email: { type: 'outbox' } },
    profiles: [shipped, ...CHANNELS.map((channel) => ({ ...shipped, id: channel, channel }))],
  });
  const { apiUrl, sandbox } = running.service.ready;
  station = await Station.open({ serviceUrl: apiUrl, anchor: sandbox?.anchorPem ?? '', directory });
});
afterAll(async () => {
  await station.close();
  await running.close();
  await rm(directory, { recursive: true });
});

async function signWith(profile: string): Promise<string> {
  const { optimizer } = station;
  const { id } = await optimizer.create({
    ...{ identity: newSigner(), documents: [{ path: DOCUMENT }], level: 'B-T', deliverTo: station.output },
    ...{ profile, registrationAuthority: '1000' },
  });
  await optimizer.register(id);
  await optimizer.prepare(id);
  const code = await station.receiveCode(await optimizer.confirmReview(id));
  await optimizer.sign(id, { type: 'otp', code });
  await optimizer.deliver(id);
  return id;
}

async function printed(id: string, language: (typeof LANGUAGES)[number]): Promise<string> {
  const folder = await mkdtemp(join(directory, 'evidence-'));
  const [pdf = ''] = await exportEvidence(await station.optimizer.evidence(id), folder, language, FONTS);
  return execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
}

describe.each(CHANNELS)('a code by %s', (channel) => {
  it('is named in the sealed evidence, and in print with what it proves less, in every language', async () => {
    const id = await signWith(channel);
    const [first] = await station.optimizer.evidence(id);
    expect(first?.record.content).toMatchObject({ outcome: 'signed', codes: [{ channel }] });
    for (const language of LANGUAGES) {
      const { assurance, weaker, codeBy, code } = reportTexts[language].evidence;
      const text = await printed(id, language);
      expect(text).toContain(codeBy[channel]);
      expect(text).not.toContain(code);
      expect(text).toContain(assurance);
      expect(text).toContain(weaker[channel]);
    }
  });
});

it('a code by SMS has no such line', async () => {
  const id = await signWith('single-use-p256');
  expect(await printed(id, 'en')).not.toContain(reportTexts.en.evidence.assurance);
});
