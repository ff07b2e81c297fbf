import { type ServiceChoice, serviceChoiceSchema } from '../../../../contract/ipc/admin/settings.ts';
import type { ChosenProvider } from '../../../../contract/model/provider.ts';
import { type CscDraft, cscScreen } from './csc.tsx';
import { type OneShotOptimizerDraft, oneShotOptimizerScreen } from './one-shot-optimizer.tsx';
import type { ProviderScreen } from './provider-screen.ts';

export type ProviderKind = ChosenProvider['kind'];

/** What is on the screen for a provider of any kind; what a kind has no use for is left as it is. */
export type ProviderDraft = CommonDraft & CscDraft & OneShotOptimizerDraft;

interface CommonDraft {
  readonly url: string;
  readonly environment: 'production' | 'sandbox';
}

/** Fills its own fields only. */
type AnyScreen = Omit<ProviderScreen<ProviderDraft>, 'draftOf'> & {
  readonly draftOf: (choice: ServiceChoice) => Partial<ProviderDraft>;
};

/** In the order in which they are offered. */
export const PROVIDER_SCREENS: Readonly<Record<ProviderKind, AnyScreen>> = Object.freeze({
  csc: cscScreen,
  'one-shot-optimizer': oneShotOptimizerScreen,
});
export const PROVIDER_KINDS = Object.freeze(Object.keys(PROVIDER_SCREENS) as ProviderKind[]);

/** The kind, where it is one of another provider than our own service. */
export const providerKindOf = (kind: ServiceChoice['kind']): ProviderKind | undefined =>
  PROVIDER_KINDS.find((known) => known === kind);

/** The fields as the present choice fills them. */
export function draftOf(choice: ServiceChoice): ProviderDraft {
  const common: CommonDraft =
    choice.kind === 'embedded' || choice.kind === 'remote'
      ? { url: '', environment: 'production' }
      : { url: choice.url, environment: choice.environment };
  return Object.assign({}, common, ...Object.values(PROVIDER_SCREENS).map(({ draftOf }) => draftOf(choice)));
}

/** The choice that the fields make; undefined while one of them is missing or wrong. */
export function choiceOf(kind: ProviderKind, draft: ProviderDraft): ServiceChoice | undefined {
  const common = { kind, url: draft.url.trim(), environment: draft.environment };
  return serviceChoiceSchema.safeParse({ ...common, ...PROVIDER_SCREENS[kind].choiceOf(draft) }).data;
}
