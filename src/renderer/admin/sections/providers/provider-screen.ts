import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { ServiceChoice } from '../../../../contract/ipc/admin/settings.ts';

/** What is typed beside the choice, and never shown again. */
export interface ProviderSecretsTyped {
  readonly secret: string;
  readonly pin: string;
  readonly billingPassword: string;
}

export interface FieldsProps<Draft> {
  readonly draft: Draft;
  readonly secrets: ProviderSecretsTyped;
  readonly onChange: (changes: Partial<Draft>) => void;
  readonly onSecrets: (changes: Partial<ProviderSecretsTyped>) => void;
}

/** How one kind of provider is chosen; its draft is what is on the screen, as text. */
export interface ProviderScreen<Draft> {
  readonly words: (t: TFunction<'admin'>) => { readonly label: string; readonly text: string };
  /** The fields as the present choice fills them; empty ones for a choice of another kind. */
  readonly draftOf: (choice: ServiceChoice) => Draft;
  /** What the fields say, beside address and environment; judged by the schema of the choice. */
  readonly choiceOf: (draft: Draft) => object;
  readonly Fields: (props: FieldsProps<Draft>) => ReactNode;
}
