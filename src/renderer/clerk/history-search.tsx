import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransactionView } from '../../contract/ipc/transactions.ts';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { useDesk } from './desk.ts';

/** What a search gave; undefined while nothing is searched for. */
export interface Found {
  readonly words: string;
  readonly transactions: readonly TransactionView[];
}

const FILTERS = Object.freeze(['all', 'open', 'signed', 'unsigned'] as const);
type Filter = (typeof FILTERS)[number];

const UNSIGNED: readonly TransactionView['state'][] = ['cancelled', 'expired'];
const filterOf = ({ state }: TransactionView): Filter => {
  if (state === 'delivered') return 'signed';
  return UNSIGNED.includes(state) ? 'unsigned' : 'open';
};

/** The clerk is still typing. */
const PAUSE_MS = 300;

/** Looks for the customer of yesterday: by name, number, document, file, reference or day, and by what came of it. */
export function HistorySearch({ onFound }: { readonly onFound: (found: Found | undefined) => void }) {
  const { t } = useTranslation('clerk');
  const act = useDesk((desk) => desk.act);
  const [words, setWords] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const isSearching = words.trim() !== '' || filter !== 'all';
  useEffect(() => {
    if (!isSearching) return onFound(undefined);
    let isCurrent = true;
    const timer = setTimeout(() => {
      void act(async (api) => {
        const found = await api.transactions.find({ words: words.trim() });
        const wanted = found.filter((one) => filter === 'all' || filterOf(one) === filter);
        if (isCurrent) onFound({ words: words.trim(), transactions: wanted });
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [act, words, filter, isSearching, onFound]);
  return (
    <search>
      <Field
        type="search"
        label={t('search.label')}
        hint={t('search.hint')}
        value={words}
        onChange={setWords}
      />
      <Select
        label={t('search.state')}
        hideLabel
        value={filter}
        choices={FILTERS.map((value) => ({ value, label: t(`search.states.${value}`) }))}
        onChange={setFilter}
      />
    </search>
  );
}
