import { type ServiceChoice, serviceChoiceSchema } from '../../../contract/ipc/admin/settings.ts';

/** What is on the screen, as text, for a provider of any kind; what a kind has no use for is left as it is. */
export interface ProviderDraft {
  readonly url: string;
  readonly environment: 'production' | 'sandbox';
  readonly version: '1' | '2';
  readonly admission: 'none' | 'basic' | 'client';
  readonly client: string;
  readonly key: 'document' | 'email' | 'phone' | 'listed' | 'fixed';
  readonly keyName: string;
  readonly signs: 'hash' | 'document';
  readonly dialect: 'classic' | 'newer';
  readonly profile: string;
  readonly billing: string;
}

const EMPTY: ProviderDraft = Object.freeze({
  url: '',
  environment: 'production',
  version: '2',
  admission: 'client',
  client: '',
  key: 'document',
  keyName: '',
  signs: 'hash',
  dialect: 'classic',
  profile: 'PFnubeNC',
  billing: '',
});
const KEY_OF = { 'document-number': 'document', email: 'email', phone: 'phone' } as const;
const USER_ID = { document: 'document-number', email: 'email', phone: 'phone' } as const;

/** The fields as the present choice fills them. */
export function draftOf(choice: ServiceChoice): ProviderDraft {
  if (choice.kind === 'csc') {
    const { url, environment, version, authorisation, credential, signs } = choice;
    const isBasic = authorisation.type === 'basic';
    return {
      ...EMPTY,
      ...{ url, environment, version, signs },
      admission: authorisation.type === 'none' ? 'none' : isBasic ? 'basic' : 'client',
      client: authorisation.type === 'none' ? '' : isBasic ? authorisation.username : authorisation.clientId,
      key: credential.type === 'of-signer' ? KEY_OF[credential.userId] : credential.type,
      keyName: credential.type === 'fixed' ? credential.id : '',
    };
  }
  if (choice.kind === 'one-shot-optimizer') {
    const { url, environment, dialect, profile, billingUsername = '' } = choice;
    return { ...EMPTY, url, environment, dialect, profile, billing: billingUsername };
  }
  return EMPTY;
}

/** The choice that the fields make; undefined while one of them is missing or wrong. */
export function choiceOf(
  kind: 'csc' | 'one-shot-optimizer',
  draft: ProviderDraft,
): ServiceChoice | undefined {
  const common = { kind, url: draft.url.trim(), environment: draft.environment };
  return serviceChoiceSchema.safeParse({ ...common, ...(kind === 'csc' ? cscOf(draft) : vendorOf(draft)) })
    .data;
}

const cscOf = ({ version, admission, client, key, keyName, signs }: ProviderDraft) => ({
  ...{ version, signs },
  authorisation:
    admission === 'none'
      ? { type: 'none' }
      : admission === 'basic'
        ? { type: 'basic', username: client }
        : { type: 'client-credentials', clientId: client },
  credential:
    key === 'fixed'
      ? { type: 'fixed', id: keyName }
      : key === 'listed'
        ? { type: 'listed' }
        : { type: 'of-signer', userId: USER_ID[key] },
});

const vendorOf = ({ dialect, profile, billing }: ProviderDraft) => ({
  ...{ dialect, profile },
  ...(billing.trim() !== '' && { billingUsername: billing }),
});
