import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Theme } from '../../contract/ipc/station.ts';
import type { TransactionView } from '../../contract/ipc/transactions.ts';
import { LANGUAGE_CHOICES } from '../i18n/start.ts';
import { Brand } from '../ui/brand.tsx';
import { Button } from '../ui/button.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Progress } from '../ui/progress.tsx';
import { Select } from '../ui/select.tsx';
import { useDesk } from './desk.ts';
import type { Found } from './history-search.tsx';
import { ErrorNotice } from './lazy-error-notice.ts';
import { CaseList, DraftList, HistorySearch } from './lazy-panels.ts';
import { liveState } from './live-state.ts';
import styles from './transaction-list.module.css';

const ICONS = Object.freeze({
  created: 'clock',
  registered: 'clock',
  prepared: 'screen',
  reviewed: 'check',
  otpSent: 'phone',
  signing: 'pen',
  signed: 'warning',
  delivered: 'check',
  cancelled: 'close',
  expired: 'stop',
} as const satisfies Record<TransactionView['state'], IconName>);

const THEMES: readonly Theme[] = ['system', 'light', 'dark', 'contrast'];

/** Left zone: a new customer, the transactions with their state as sign and word, the window's preferences. */
export function TransactionList() {
  const { t } = useTranslation(['clerk', 'verify']);
  const newCustomer = useDesk((desk) => desk.newCustomer);
  const { organisation, logo } = useDesk((desk) => desk.station);
  const go = useDesk((desk) => desk.go);
  const [found, setFound] = useState<Found>();
  return (
    <>
      <div className={styles.brand}>
        <Brand organisation={organisation} logo={logo} />
      </div>
      <Button kind="primary" icon="plus" wide onPress={() => void newCustomer()}>
        {t('newCustomer')}
      </Button>
      <Button icon="verify" wide onPress={() => go({ kind: 'verify' })}>
        {t('verify:open')}
      </Button>
      <Suspense>
        <DraftList />
        <HistorySearch onFound={setFound} />
        <CaseList words={found?.words ?? ''} />
      </Suspense>
      <Transactions found={found?.transactions} />
      <Preferences />
    </>
  );
}

function Transactions({ found }: { readonly found: readonly TransactionView[] | undefined }) {
  const { t } = useTranslation('clerk');
  const listed = useDesk((desk) => desk.transactions);
  const transactions = found ?? listed;
  const error = useDesk((desk) => desk.error);
  if (!transactions) {
    const working = <Progress label={t('working')} />;
    if (!error) return working;
    return (
      <Suspense fallback={working}>
        <ErrorNotice error={error} kind="warn" />
      </Suspense>
    );
  }
  // Those of a case stand with it, but for the one who signs at this moment.
  const own = transactions.filter((one) => one.case === undefined || one.follow !== undefined);
  if (own.length === 0)
    return <p className={styles.empty}>{t(found ? 'search.none' : 'transactions.none')}</p>;
  const today = new Date().toDateString();
  const isToday = ({ createdAt }: TransactionView) => new Date(createdAt).toDateString() === today;
  return (
    <div className={styles.groups}>
      <Group title={t('transactions.today')} transactions={own.filter(isToday)} />
      <Group title={t('transactions.earlier')} transactions={own.filter((one) => !isToday(one))} />
    </div>
  );
}

function Group({
  title,
  transactions,
}: {
  readonly title: string;
  readonly transactions: readonly TransactionView[];
}) {
  const { t, i18n } = useTranslation('clerk');
  const place = useDesk((desk) => desk.place);
  const go = useDesk((desk) => desk.go);
  const time = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit' });
  if (transactions.length === 0) return null;
  return (
    <section>
      <h2 className={styles.heading}>{title}</h2>
      <ul className={styles.list}>
        {transactions.map(({ id, signer, state, createdAt, application, follow, declined }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.item}
              data-state={state}
              data-live={follow !== undefined}
              data-called={follow?.called === true}
              aria-current={place.kind === 'transaction' && place.id === id ? 'true' : undefined}
              onClick={() => go({ kind: 'transaction', id })}
            >
              <span className={styles.name}>{signer}</span>
              <span className={styles.state}>
                <Icon name={follow ? 'screen' : ICONS[state]} size="1.1em" />
                {follow
                  ? liveState(t, follow)
                  : declined
                    ? t('state.declined')
                    : t(stateOf(state, application))}
              </span>
              <time className={styles.time} dateTime={createdAt}>
                {time.format(new Date(createdAt))}
              </time>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What an application began waits for the desk without being half-made. */
function stateOf(state: TransactionView['state'], application: TransactionView['application']) {
  const isOpen = state === 'registered' || state === 'reviewed' || state === 'otpSent';
  return application && isOpen && (state === 'registered' || application.next === 'application')
    ? (`application.state.${application.next}` as const)
    : (`state.${state}` as const);
}

function Preferences() {
  const { t } = useTranslation(['clerk', 'common']);
  const station = useDesk((desk) => desk.station);
  const changeLanguage = useDesk((desk) => desk.changeLanguage);
  const changeTheme = useDesk((desk) => desk.changeTheme);
  const act = useDesk((desk) => desk.act);
  return (
    <div className={styles.preferences}>
      <Select
        label={t('common:language')}
        hideLabel
        value={station.language}
        choices={LANGUAGE_CHOICES}
        onChange={(language) => void changeLanguage(language)}
      />
      <Select
        label={t('appearance.label')}
        hideLabel
        value={station.theme}
        choices={THEMES.map((value) => ({ value, label: t(`appearance.${value}`) }))}
        onChange={(theme) => void changeTheme(theme)}
      />
      <Button kind="quiet" onPress={() => void act((api) => api.preferences.openAdmin())}>
        {t('administration')}
      </Button>
      <p className={styles.note}>
        {station.version}
        {station.host === 'stand-in' && ` · ${t('host.standIn')}`}
      </p>
    </div>
  );
}
