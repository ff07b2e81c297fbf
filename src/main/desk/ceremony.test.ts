import { beforeEach, describe, expect, it } from 'vitest';
import { OssError } from '../../contract/errors.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import { Ceremony, type CeremonyOptions, type SigningSteps } from './ceremony.ts';

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
  let signing: () => Promise<void>;

  beforeEach(() => {
    calls = [];
    signing = async () => undefined;
    let current = transaction;
    const steps: SigningSteps = {
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
    const options: CeremonyOptions = {
      optimizer: steps,
      transaction,
      documents,
      organisation: 'Bank',
      sandbox: true,
      turnedScreen: false,
      onChange: () => undefined,
      onProgress: () => undefined,
    };
    ceremony = new Ceremony(options);
  });

  const readAll = () => {
    ceremony.begin();
    ceremony.pageShown('doc_1', 1);
    ceremony.pageShown('doc_2', 1);
    ceremony.pageShown('doc_2', 2);
    return ceremony.finishReading();
  };
  const agree = () => {
    readAll();
    return ceremony.agree(['certificate', 'documents']);
  };

  it('does not end reading before every page of every document was shown', () => {
    ceremony.begin();
    ceremony.pageShown('doc_1', 1);
    ceremony.pageShown('doc_2', 2);
    ceremony.pageShown('doc_2', 3);
    ceremony.pageShown('doc_9', 1);
    expect(() => ceremony.finishReading()).toThrow(
      expect.objectContaining({ code: 'OSS_TRANSACTION_STATE' }),
    );
    expect(ceremony.follow()).toMatchObject({ step: 'reading', pagesShown: 2, pages: 3 });
    ceremony.pageShown('doc_2', 1);
    expect(ceremony.finishReading().step).toBe('agreement');
  });

  it('sends no code before every purpose has its tick', async () => {
    readAll();
    await expect(ceremony.agree(['documents'])).rejects.toMatchObject({ code: 'OSS_REQUEST_INVALID' });
    expect(calls).toEqual([]);
    expect((await ceremony.agree(['documents', 'certificate'])).step).toBe('code');
    expect(calls).toEqual(['confirmReview', 'sendCode']);
    expect(ceremony.view()).toMatchObject({ reference: 'K7QF-2M9D', code: { triesLeft: 3 } });
  });

  it.each(['welcome', 'reading', 'agreement'])('signs nothing at the step %s', async (step) => {
    if (step !== 'welcome') ceremony.begin();
    if (step === 'agreement') {
      for (const [id, page] of [
        ['doc_1', 1],
        ['doc_2', 1],
        ['doc_2', 2],
      ] as const)
        ceremony.pageShown(id, page);
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
    expect(calls.slice(2)).toEqual(['sign 123456', 'deliver']);
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
      organisation: 'Bank',
      sandbox: true,
      turnedScreen: true,
      onChange: () => undefined,
      onProgress: () => undefined,
    });
    expect(again.view()).toMatchObject({ step: 'code', reference: 'K7QF-2M9D', turnedScreen: true });
  });
});
