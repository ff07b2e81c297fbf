import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { OssError } from '../../contract/errors.ts';
import type { CeremonyAct } from '../../contract/model/evidence.ts';
import { LANGUAGES } from '../../contract/model/language.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import { consentTexts } from '../../texts/consent.ts';
import { Ceremony, type CeremonyOptions, type SigningSteps } from './ceremony.ts';
import { consentSentences } from './consent.ts';

const transaction = {
  id: 'tx_0123456789abcdef',
  state: 'prepared',
  identity: { givenName: 'Ada', surname1: 'Lovelace', language: 'en' },
  registration: { maskedPhone: '+34•••••••22' },
} as unknown as Transaction;

const otp = {
  reference: 'K7QF-2M9D',
  maskedPhone: '+34•••••••22',
  digits: 6,
  expiresAt: '2026-01-01T00:05:00Z',
  resendAt: '2026-01-01T00:01:00Z',
  triesLeft: 3,
  codesLeft: 4,
  deliveryReference: 'sms-1',
};

const documents = [
  { id: 'doc_1', kind: 'contract', name: '', bytes: 10, pages: 1 },
  { id: 'doc_2', kind: 'document', name: 'a.pdf', bytes: 10, pages: 2 },
] as const;

describe('the ceremony of one signer', () => {
  let ceremony: Ceremony;
  let calls: string[];
  let acts: CeremonyAct[];
  let options: CeremonyOptions;
  let signing: () => Promise<void>;

  beforeEach(() => {
    calls = [];
    acts = [];
    signing = async () => undefined;
    let current = transaction;
    const steps: SigningSteps = {
      recordAct: async (_id, act) => {
        acts.push(act);
        return current;
      },
      refuseDocuments: async (_id, positions) => {
        calls.push(`refuse ${positions.join()}`);
        return current;
      },
      confirmReview: async () => {
        calls.push('confirmReview');
        return current;
      },
      sendCode: async () => {
        calls.push('sendCode');
        current = { ...current, state: 'otpSent', otp };
        return otp;
      },
      sign: async (_id, authorisation) => {
        calls.push(`sign ${authorisation.type === 'otp' && authorisation.code}`);
        await signing();
        return current;
      },
      deliver: async () => {
        calls.push('deliver');
        return [];
      },
      cancel: async () => {
        calls.push('cancel');
        return current;
      },
      get: async () => current,
    };
    options = {
      optimizer: steps,
      transaction,
      documents,
      pagesShownBefore: [],
      organisation: 'Bank',
      channel: 'sms',
      sandbox: true,
      sharedScreen: false,
      onChange: () => undefined,
      onProgress: () => undefined,
    };
    ceremony = new Ceremony(options);
  });

  const readAll = async () => {
    await ceremony.begin();
    await ceremony.pageShown('doc_1', 1);
    await ceremony.pageShown('doc_2', 1);
    await ceremony.pageShown('doc_2', 2);
    return ceremony.finishReading();
  };
  const agree = async () => {
    await readAll();
    return ceremony.agree(['doc_2']);
  };

  it.each([
    ['sms', '+34•••••••22'],
    ['voice', '+34•••••••22'],
    ['email', 'a••@example.com'],
  ] as const)(
    'says where a code by %s goes, and not more of it than the signer needs',
    (channel, codeGoesTo) => {
      const identity = { ...transaction.identity, email: 'ada@example.com' };
      const view = new Ceremony({ ...options, channel, transaction: { ...transaction, identity } }).view();
      expect(view).toMatchObject({ channel, codeGoesTo });
    },
  );

  it('does not end reading before every page of every document was shown', async () => {
    await ceremony.begin();
    await ceremony.pageShown('doc_1', 1);
    await ceremony.pageShown('doc_2', 2);
    await ceremony.pageShown('doc_2', 3);
    await ceremony.pageShown('doc_9', 1);
    expect(() => ceremony.finishReading()).toThrow(
      expect.objectContaining({ code: 'OSS_TRANSACTION_STATE' }),
    );
    expect(ceremony.follow()).toMatchObject({ step: 'reading', pagesShown: 2, pages: 3 });
    await ceremony.pageShown('doc_2', 1);
    expect(ceremony.finishReading().step).toBe('agreement');
  });

  it.each(['OSS_SERVICE_TIMEOUT', 'OSS_SERVICE_UNREACHABLE'] as const)(
    'leads to the code where the answer to the request for it is lost (%s)',
    async (code) => {
      const now = new Date('2026-01-01T00:00:00Z');
      const lost = async () => Promise.reject(new OssError(code));
      const waiting = new Ceremony({
        ...options,
        now: () => now,
        optimizer: { ...options.optimizer, sendCode: lost },
      });
      await waiting.begin();
      for (const [id, page] of [
        ['doc_1', 1],
        ['doc_2', 1],
        ['doc_2', 2],
      ] as const)
        await waiting.pageShown(id, page);
      waiting.finishReading();
      const view = await waiting.agree(['doc_2']);
      expect(view).toMatchObject({
        step: 'code',
        unconfirmedCode: { resendAt: '2026-01-01T00:00:30.000Z' },
      });
      expect(view.code).toBeUndefined();
      expect(waiting.follow()).toMatchObject({ codeUnconfirmed: true });
      // It may have been sent all the same: the code is taken.
      expect((await waiting.sign('123456')).step).toBe('done');
    },
  );

  it('leads there too where nobody waits any longer, and takes the answer that comes late', async () => {
    let response: () => void = () => undefined;
    const late = new Promise<void>((settle) => {
      response = () => settle();
    });
    const { sendCode } = options.optimizer;
    const waiting = new Ceremony({
      ...options,
      optimizer: {
        ...options.optimizer,
        sendCode: async (...given) => {
          await late;
          return sendCode(...given);
        },
      },
    });
    await waiting.begin();
    for (const [id, page] of [
      ['doc_1', 1],
      ['doc_2', 1],
      ['doc_2', 2],
    ] as const)
      await waiting.pageShown(id, page);
    waiting.finishReading();
    const agreed = waiting.agree(['doc_2']);
    await expect.poll(() => calls).toContain('confirmReview');
    waiting.stopWaiting();
    expect((await agreed).unconfirmedCode).toBeDefined();
    response();
    await expect.poll(() => waiting.view().code?.digits).toBe(6);
    expect(waiting.view().unconfirmedCode).toBeUndefined();
  });

  it('calls the clerk, until they have come', () => {
    expect(ceremony.callClerk().called).toBe(true);
    expect(ceremony.follow().called).toBe(true);
    ceremony.takeCall();
    expect(ceremony.view().called).toBe(false);
  });

  it('sends no code before a document has its tick', async () => {
    await readAll();
    for (const nothing of [[], ['doc_9'], ['doc_1'], ['doc_2', 'doc_9']])
      await expect(ceremony.agree(nothing)).rejects.toMatchObject({ code: 'OSS_REQUEST_INVALID' });
    expect(calls).toEqual([]);
    expect((await ceremony.agree(['doc_2'])).step).toBe('code');
    expect(calls).toEqual(['refuse ', 'confirmReview', 'sendCode']);
    expect(ceremony.view()).toMatchObject({ reference: 'K7QF-2M9D', code: { triesLeft: 3 } });
  });

  describe('with three documents', () => {
    const three = ['doc_2', 'doc_3', 'doc_4'].map((id) => ({
      ...documents[1],
      id,
      pages: 1,
      name: `${id}.pdf`,
    }));

    const readThree = async (incomplete: Readonly<Record<string, number[]>> = {}) => {
      const all = [documents[0], ...three].map((one) => ({ ...one, incomplete: incomplete[one.id] ?? [] }));
      ceremony = new Ceremony({ ...options, documents: all });
      await ceremony.begin();
      for (const { id } of all) await ceremony.pageShown(id, 1);
      return ceremony.finishReading();
    };

    it('signs those that have a tick, and says which were refused', async () => {
      await readThree();
      const { documents: shown } = await ceremony.agree(['doc_2', 'doc_4']);
      expect(shown.map(({ refused }) => refused)).toEqual([false, false, true, false]);
      expect(calls[0]).toBe('refuse 1');
      const consent = acts.find(({ type }) => type === 'consented');
      expect(consent).toMatchObject({
        consents: [
          { purpose: 'certificate' },
          { purpose: 'document', document: 0, text: 'I have read this document and sign it: doc_2.pdf' },
          { purpose: 'document', document: 2, text: 'I have read this document and sign it: doc_4.pdf' },
        ],
      });
    });

    it('counts no page that cannot be shown wholly, and lets nobody agree to its document', async () => {
      await readThree({ doc_3: [1] });
      expect(ceremony.follow()).toMatchObject({ pagesShown: 3, pages: 4 });
      await expect(ceremony.agree(['doc_2', 'doc_3'])).rejects.toMatchObject({ code: 'OSS_REQUEST_INVALID' });
      expect((await ceremony.agree(['doc_2'])).step).toBe('code');
    });

    it('takes a page back that the window could not draw', async () => {
      await readThree();
      await ceremony.pageNotDrawn('doc_4', 1);
      expect(ceremony.view().documents.at(-1)).toMatchObject({ pagesShown: [], pagesIncomplete: [1] });
      expect(acts.at(-1)).toEqual({ type: 'pagesNotDrawn', document: 2, pages: [[1, 1]] });
      await expect(ceremony.agree(['doc_4'])).rejects.toMatchObject({ code: 'OSS_REQUEST_INVALID' });
    });
  });

  it.each(['welcome', 'reading', 'agreement'])('signs nothing at the step %s', async (step) => {
    if (step !== 'welcome') await ceremony.begin();
    if (step === 'agreement') {
      for (const [id, page] of [
        ['doc_1', 1],
        ['doc_2', 1],
        ['doc_2', 2],
      ] as const)
        await ceremony.pageShown(id, page);
      ceremony.finishReading();
    }
    await expect(ceremony.sign('123456')).rejects.toMatchObject({ code: 'OSS_TRANSACTION_STATE' });
    expect(calls).toEqual([]);
  });

  it('goes back to the code after a wrong one, with the tries that are left', async () => {
    await agree();
    signing = () => Promise.reject(new OssError('OSS_OTP_REFUSED', { triesLeft: 2 }));
    await expect(ceremony.sign('000000')).rejects.toMatchObject({ code: 'OSS_OTP_REFUSED' });
    expect(ceremony.view()).toMatchObject({ step: 'code', code: { triesLeft: 2 } });
    expect(ceremony.follow()).toMatchObject({ triesLeft: 2 });
  });

  it('signs and delivers with the right code, and never tells the clerk its digits', async () => {
    await agree();
    expect((await ceremony.sign('123456')).step).toBe('done');
    expect(calls.slice(3)).toEqual(['sign 123456', 'deliver']);
    expect(JSON.stringify(ceremony.follow())).not.toContain('123456');
  });

  it('can be declined until the signature, and not afterwards', async () => {
    await agree();
    expect((await ceremony.decline()).step).toBe('declined');
    expect(calls.at(-1)).toBe('cancel');
    await expect(ceremony.sign('123456')).rejects.toMatchObject({ code: 'OSS_TRANSACTION_STATE' });
  });

  it('goes on at the code when the screen is handed over again after a code was sent', () => {
    const again = new Ceremony({
      optimizer: {} as SigningSteps,
      transaction: { ...transaction, state: 'otpSent', otp },
      documents,
      pagesShownBefore: [],
      organisation: 'Bank',
      channel: 'sms',
      sandbox: true,
      sharedScreen: true,
      onChange: () => undefined,
      onProgress: () => undefined,
    });
    expect(again.view()).toMatchObject({ step: 'code', reference: 'K7QF-2M9D', sharedScreen: true });
  });

  it('writes down what was shown, agreed to and given back', async () => {
    await agree();
    await ceremony.end();
    const [first, ...others] = acts;
    expect(first).toEqual({ type: 'begun', language: 'en' });
    expect(others.slice(0, 2)).toEqual([
      { type: 'pagesShown', document: 'contract', shown: [[1, 1]], pages: 1 },
      { type: 'pagesShown', document: 0, shown: [[1, 2]], pages: 2 },
    ]);
    const { consents } = ceremony.view();
    expect(consents.map(({ text }) => text)).toContain('I have read the document and sign it.');
    expect(others[2]).toMatchObject({
      type: 'consented',
      language: 'en',
      wordingVersion: '2026-2',
      consents: consents.map(({ text }) => ({
        text,
        sha256: createHash('sha256').update(text).digest('hex'),
      })),
    });
    expect(others.slice(3)).toEqual([{ type: 'takenBack' }]);
  });

  it('writes down the pages of a document that was only begun when the signer declines', async () => {
    await ceremony.begin();
    await ceremony.pageShown('doc_2', 2);
    await ceremony.decline();
    expect(acts.slice(1)).toEqual([
      { type: 'pagesShown', document: 0, shown: [[2, 2]], pages: 2 },
      { type: 'declined' },
    ]);
  });

  it('knows the pages that were shown before the screen was taken back', async () => {
    const again = new Ceremony({
      ...options,
      pagesShownBefore: [
        { document: 'contract', shown: [[1, 1]] },
        { document: 0, shown: [[2, 2]] },
      ],
    });
    expect(again.follow()).toMatchObject({ pagesShown: 2, pages: 3 });
  });
});

describe('the ceremony with a provider that has neither a contract nor a reference', () => {
  const started = () => {
    const acts: CeremonyAct[] = [];
    const sent = { ...otp, withoutReference: true as const, maskedPhone: '' };
    let current = { ...transaction, registration: { maskedPhone: '' } } as unknown as Transaction;
    const steps: SigningSteps = {
      recordAct: async (_id, act) => {
        acts.push(act);
        return current;
      },
      refuseDocuments: async () => current,
      confirmReview: async () => current,
      sendCode: async () => {
        current = { ...current, state: 'otpSent', otp: sent };
        return sent;
      },
      sign: async () => current,
      deliver: async () => [],
      cancel: async () => current,
      get: async () => current,
    };
    const ceremony = new Ceremony({
      optimizer: steps,
      transaction: current,
      documents: documents.slice(1),
      pagesShownBefore: [{ document: 0, shown: [[1, 1]] }],
      organisation: 'Bank',
      channel: 'sms',
      sandbox: false,
      sharedScreen: false,
      withoutReference: true,
      onChange: () => undefined,
      onProgress: () => undefined,
    });
    return { ceremony, acts };
  };

  it('asks for the documents alone, counts them from the first, and shows nothing to compare', async () => {
    const { ceremony, acts } = started();
    await ceremony.begin();
    await ceremony.pageShown('doc_2', 2);
    ceremony.finishReading();
    expect(ceremony.view().consents.map(({ purpose }) => purpose)).toEqual(['document']);
    const view = await ceremony.agree(['doc_2']);
    expect(view).toMatchObject({ step: 'code', codeGoesTo: '', code: { digits: 6 } });
    expect(view.reference).toBeUndefined();
    expect(acts.filter(({ type }) => type === 'pagesShown')).toMatchObject([
      { document: 0, shown: [[1, 2]], pages: 2 },
    ]);
    const consented = acts.find(({ type }) => type === 'consented');
    expect(consented).toMatchObject({ consents: [{ purpose: 'document', document: 0 }] });
    expect((await ceremony.sign('123456')).step).toBe('done');
  });

  it('is refused without any tick', async () => {
    const { ceremony } = started();
    await ceremony.begin();
    await ceremony.pageShown('doc_2', 2);
    ceremony.finishReading();
    await expect(ceremony.agree([])).rejects.toMatchObject({ code: 'OSS_REQUEST_INVALID' });
  });
});

describe.each(LANGUAGES)('the consent in %s', (language) => {
  it('has the version and the forms of the English one', () => {
    const keys = (locale: object): string[] => [
      ...new Set(Object.keys(locale).map((key) => key.replace(/_.*$/, ''))),
    ];
    expect(consentTexts[language].version).toBe(consentTexts.en.version);
    expect(keys(consentTexts[language])).toEqual(keys(consentTexts.en));
    const documents = ['a.pdf', 'b.pdf'].map((name) => ({ id: name, name }));
    for (const some of [documents.slice(0, 1), documents]) {
      const texts = consentSentences(language, some, true).map(({ text }) => text);
      expect(texts).toHaveLength(some.length + 1);
      for (const text of texts) expect(text).not.toMatch(/^(theDocument|document|certificate)$/);
    }
  });
});
