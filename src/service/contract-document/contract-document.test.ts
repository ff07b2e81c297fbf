import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { asFile } from '../../../test/support/openssl.ts';
import { type IdentityInput, identitySchema } from '../../contract/model/identity.ts';
import { LANGUAGES } from '../../contract/model/language.ts';
import { serviceTexts } from '../../texts/service.ts';
import { SHIPPED_PROFILES } from '../config/profiles.ts';
import { contractWriter } from './index.ts';

const signer: IdentityInput = {
  givenName: 'Łukasz Γεώργιος',
  surname1: 'Иванов-Ķīļevič',
  surname2: "O'Ñáñez",
  idDocument: { type: 'PAS', country: 'PL', number: 'AB1234567' },
  email: 'someone@example.com',
  mobilePhone: '+34600111222',
};

const writeTo = async (change: Partial<IdentityInput>, sandbox = true): Promise<string> => {
  const [profile] = SHIPPED_PROFILES;
  if (!profile) throw new Error('no profile');
  const write = contractWriter({ issuer: 'Bank of Trials', cpsUri: 'http://pki.example/cps', sandbox });
  const pdf = await write({
    requestId: 'req_0123456789abcdef0123456789abcdef',
    identity: identitySchema.parse({ ...signer, ...change }),
    organisation: 'Ajuntament de Castelló',
    profile,
    registrationAuthority: '1000',
    officer: 'Maria',
    createdAt: new Date('2026-01-31T10:20:30Z'),
  });
  return asFile(pdf, 'contract.pdf');
};

const run = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: 'utf8' });
/** Text as a reader sees it, without the line breaks. */
const textOf = (path: string): string => run('pdftotext', '-layout', path, '-').replace(/\s+/g, ' ');

describe.each(LANGUAGES)('the contract in %s', (language) => {
  it('is a sound PDF that names signer, document, profile, issuer, terms and privacy notice', async () => {
    const path = await writeTo({ language });
    expect(run('qpdf', '--check', path)).toContain('No syntax or stream encoding errors');
    const text = textOf(path);
    const { title, termsTitle, privacyTitle, sandboxMark } = serviceTexts[language].contract;
    for (const part of [
      title,
      termsTitle,
      privacyTitle,
      "Łukasz Γεώργιος Иванов-Ķīļevič O'Ñáñez",
      'PL · AB1234567',
      'single-use-p256',
      'Bank of Trials',
      'Ajuntament de Castelló',
      'http://pki.example/cps',
    ]) {
      expect(text).toContain(part);
    }
    const info = run('pdfinfo', path);
    expect(info).toContain(`Title:           ${title}`);
    const pages = Number(/Pages:\s+(\d+)/.exec(info)?.[1]);
    for (let page = 1; page <= pages; page++) {
      const words = new Set(run('pdftotext', '-f', `${page}`, '-l', `${page}`, path, '-').split(/\s+/));
      for (const word of sandboxMark.split(' ')) expect(words).toContain(word);
    }
  });
});

describe('a contract', () => {
  it('of a production service carries no mark of the sandbox', async () => {
    expect(textOf(await writeTo({}, false))).not.toContain('SANDBOX');
  });

  it('is not written with boxes in the place of a name', async () => {
    await expect(writeTo({ givenName: '李明' })).rejects.toMatchObject({
      code: 'OSS_PDF_TEXT_UNSUPPORTED',
      details: { field: 'identity.givenName', character: '李', codePoint: 'U+674E', script: 'Hani' },
    });
  });
});
