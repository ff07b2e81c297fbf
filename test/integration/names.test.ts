import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fullNameOf, type Identity, identitySchema } from '../../src/contract/model/identity.ts';
import { exportEvidence } from '../../src/optimizer/index.ts';
import { SANDBOX_OFFICER } from '../../src/service/config/sandbox-defaults.ts';
import { folderWithLargeFonts, NAMES_OF_SCRIPTS } from '../support/names-of-scripts.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { newSigner, Station } from './station.ts';

const DOCUMENT = join(import.meta.dirname, '../corpus/libreoffice.pdf');
const FONTS = join(import.meta.dirname, '../../resources/fonts');

/** Text in the order in which it is read; a reader adds marks of direction of its own. */
function textOf(path: string): string {
  const text = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' });
  return text
    .replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .replaceAll(/\s+/g, ' ')
    .normalize('NFC');
}

let sandbox: Sandbox;
let directory: string;
let station: Station;

const signer = (names: Partial<Identity>): Identity => {
  const { givenName: _, surname1: __, surname2: ___, ...others } = newSigner();
  return identitySchema.parse({ ...others, ...names });
};

const input = (identity: Identity, text: readonly string[] = ['Signed by {name}, {date}']) => ({
  identity,
  documents: [
    {
      path: DOCUMENT,
      options: { visible: { page: 1, rectangle: { x1: 50, y1: 50, x2: 350, y2: 120 }, text: [...text] } },
    },
  ],
  profile: 'single-use-p256',
  registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
  level: 'B-T' as const,
  deliverTo: station.output,
});

/** @returns the files in which the name stands */
async function signAs(identity: Identity): Promise<{ contract: string; signed: string; report: string }> {
  const { optimizer } = station;
  const { id } = await optimizer.create(input(identity));
  await optimizer.register(id);
  await optimizer.prepare(id);
  const transaction = await optimizer.confirmReview(id);
  const contract = join(directory, `${id}-contract.pdf`);
  await writeFile(contract, await optimizer.contract(id));
  const code = await station.receiveCode(transaction);
  await optimizer.sign(id, { type: 'otp', code });
  const [report] = await optimizer.deliver(id);
  expect(report).toMatchObject({ verdict: 'valid', signatures: [{ signer: fullNameOf(identity) }] });
  const folder = await mkdtemp(join(directory, 'evidence-'));
  const files = await exportEvidence(await optimizer.evidence(id), folder, 'en', FONTS);
  const signed = (await optimizer.get(id)).delivered?.[0] ?? '';
  return { contract, signed, report: files.find((file) => file.endsWith('.pdf')) ?? '' };
}

beforeAll(async () => {
  process.env.ONESHOT_FONTS = folderWithLargeFonts();
  sandbox = await startSandbox();
  directory = await mkdtemp(join(tmpdir(), 'names-'));
  station = await Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory });
});
afterAll(async () => {
  delete process.env.ONESHOT_FONTS;
  await station.close();
  await sandbox.close();
  await rm(directory, { recursive: true });
});

describe('a name can be read and searched in contract, visible signature and evidence', () => {
  it.each(NAMES_OF_SCRIPTS)('in $script letters', async ({ script: _, ...names }) => {
    const identity = signer(names);
    const { contract, signed, report } = await signAs(identity);
    const name = fullNameOf(identity).normalize('NFC');
    expect(textOf(contract)).toContain(name);
    expect(textOf(signed)).toContain(`Signed by ${name}, 20`);
    expect(textOf(report)).toContain(name);
    for (const path of [contract, signed, report]) {
      expect(execFileSync('pdffonts', [path], { encoding: 'utf8' })).not.toMatch(
        / no +(yes|no) +(yes|no) +\d/,
      );
    }
  });

  it.each([
    ['a given name', { givenName: 'Suharto' }],
    ['a surname', { surname1: 'Teresa' }],
    ['a given name in Indic letters', { givenName: 'क्षत्रिय' }],
  ])('also of a person who has one name only, %s', async (_, names) => {
    const { contract, signed, report } = await signAs(signer(names));
    for (const path of [contract, signed, report]) expect(textOf(path)).toContain(Object.values(names)[0]);
  });

  it('longer than the certificate may say, it stands there in short and everywhere else in full', async () => {
    const long = {
      givenName: 'Maria'.repeat(12),
      surname1: 'Silva'.repeat(12),
      surname2: 'Costa'.repeat(12),
    };
    const identity = signer(long);
    const { optimizer } = station;
    const { id } = await optimizer.create(input(identity, ['{surname}']));
    await optimizer.register(id);
    await optimizer.prepare(id);
    const code = await station.receiveCode(await optimizer.confirmReview(id));
    await optimizer.sign(id, { type: 'otp', code });
    await optimizer.deliver(id);
    const [first] = await optimizer.evidence(id);
    const content = first?.record.content;
    const subject = content?.kind === 'transaction' ? content.certificate?.subject : undefined;
    expect(subject).toContain(`CN=${long.surname1}, `);
    expect(subject).toContain(`SN=${long.surname1} ${long.surname2}`);
    expect(subject).toContain(`GN=${long.givenName}`);
  });
});

describe('what no typeface shows', () => {
  it.each([
    ['givenName', { givenName: 'ꦱꦸꦂꦪ', surname1: 'Budi' }, 'U+A9B1', 'Java'],
    ['surname1', { givenName: 'Ada', surname1: 'ᚠᚢᚦ' }, 'U+16A0', 'Runr'],
  ])('is refused before anything is registered: %s', async (field, names, codePoint, script) => {
    await expect(station.optimizer.create(input(signer(names)))).rejects.toMatchObject({
      code: 'OSS_PDF_TEXT_UNSUPPORTED',
      details: { field, codePoint, script },
    });
  });

  it('is refused before the code is sent where only the signature shows it', async () => {
    const { id } = await station.optimizer.create(input(signer({ givenName: 'Ada' }), ['{name} ᚠ']));
    await station.optimizer.register(id);
    await expect(station.optimizer.prepare(id)).rejects.toMatchObject({
      code: 'OSS_PDF_TEXT_UNSUPPORTED',
      details: { codePoint: 'U+16A0' },
    });
  });

  it('stands as its number in evidence, which has to be written', async () => {
    const path = join(directory, 'ᚠ.pdf');
    await writeFile(path, await readFile(DOCUMENT));
    const { id } = await station.optimizer.create({
      ...input(signer({ givenName: 'Ada' })),
      documents: [{ path }],
    });
    await station.optimizer.cancel(id);
    const folder = await mkdtemp(join(directory, 'evidence-'));
    const files = await exportEvidence(await station.optimizer.evidence(id), folder, 'en', FONTS);
    expect(textOf(files.find((file) => file.endsWith('.pdf')) ?? '')).toContain('[U+16A0].pdf');
  });
});
