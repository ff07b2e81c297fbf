import { describe, expect, it } from 'vitest';
import type { ServiceChoice } from '../../../../contract/ipc/admin/settings.ts';
import { choiceOf, draftOf, providerKindOf } from './provider-screens.ts';

const CSC = {
  kind: 'csc',
  url: 'https://provider.example',
  environment: 'production',
  version: '2',
  signs: 'hash',
} as const;

describe('the fields of a provider', () => {
  it.each<ServiceChoice>([
    { ...CSC, authorisation: { type: 'none' }, credential: { type: 'listed' } },
    {
      ...CSC,
      authorisation: { type: 'basic', username: 'station' },
      credential: { type: 'fixed', id: 'seal' },
    },
    {
      ...CSC,
      ...{ version: '1', signs: 'document', environment: 'sandbox' },
      authorisation: { type: 'client-credentials', clientId: 'branch-12' },
      credential: { type: 'of-signer', userId: 'phone' },
    },
    {
      kind: 'one-shot-optimizer',
      ...{ url: 'http://10.1.2.3:8080', dialect: 'newer', environment: 'production' },
      ...{ profile: 'PFnubeQAFCiudadano', billingUsername: 'bank' },
    },
  ])('show and make the same choice: %o', (choice) => {
    const kind = providerKindOf(choice.kind);
    if (kind === undefined) throw new Error('not a provider');
    expect(choiceOf(kind, draftOf(choice))).toEqual(choice);
  });

  it('make none while something is missing', () => {
    const draft = { ...draftOf({ kind: 'embedded' }), url: 'https://provider.example' };
    expect(choiceOf('csc', draft)).toBeUndefined();
    expect(choiceOf('csc', { ...draft, client: 'branch-12', key: 'fixed' })).toBeUndefined();
    expect(choiceOf('csc', { ...draft, client: 'branch-12' })).toMatchObject({ kind: 'csc' });
    expect(choiceOf('one-shot-optimizer', { ...draft, url: 'provider.example' })).toBeUndefined();
  });
});
