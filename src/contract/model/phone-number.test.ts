import { describe, expect, it } from 'vitest';
import { mobilePhoneSchema } from './phone-number.ts';

const read = (text: string): unknown => {
  const parsed = mobilePhoneSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  const [issue, ...more] = parsed.error.issues;
  expect(more).toEqual([]);
  return issue?.message.replace(/^phone\./, '');
};

describe('the mobile phone of a signer', () => {
  it.each([
    ['Spain', '+34600111222'],
    ['Spain, 7', '+34711222333'],
    ['Germany', '+4915112345678'],
    ['France', '+33612345678'],
    ['Italy', '+393331234567'],
    ['Portugal', '+351912345678'],
    ['Andorra', '+376312345'],
    ['United Kingdom', '+447911123456'],
    ['Isle of Man', '+447624123456'],
    ['Monaco', '+377612345678'],
    ['Brazil', '+5511912345678'],
    ['a satellite phone', '+870773123456'],
  ])('of %s is taken', (_where, number) => expect(read(number)).toBe(number));

  it.each([
    ['United States', '+12125551234'],
    ['Canada', '+14165551234'],
    ['Mexico', '+525512345678'],
    ['Denmark', '+4532123456'],
  ])('is taken where the plan of %s does not tell it from a landline', (_where, number) => {
    expect(read(number)).toBe(number);
  });

  it('is taken where a personal number leads to it', () => expect(read('+34700111222')).toBe('+34700111222'));

  it.each([
    [
      'landline',
      ['+34911234567', '+34 93 412 34 56', '+390612345678', '+4930123456', '+441211234567', '+376712345'],
    ],
    [
      'freephone',
      ['+34900123456', '+34800123456', '+18005550100', '+80012345678', '+448001111', '+39800123456'],
    ],
    ['premiumRate', ['+34803123456', '+19005550123', '+39892123']],
    ['sharedCost', ['+34901123456', '+34902123456', '+351808200000']],
    ['voip', ['+351300500500', '+33900123456', '+883510001234567', '+815012345678']],
    ['pager', ['+447600123456']],
    ['companyNumber', ['+34511234567', '+31881234567']],
    ['voicemail', ['+41860791234567']],
    ['unknown', ['+34 1', '+34000', '+999123456789', '+', '+34600111222000000']],
    ['prefixMissing', ['600111222', '0034600111222', '', 'tel:+34600111222']],
  ])('is not what a plan names as %s', (reason, numbers) => {
    expect(numbers.map((number) => [number, read(number)])).toEqual(
      numbers.map((number) => [number, reason]),
    );
  });
});
