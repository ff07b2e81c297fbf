import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AUDIT_ACTIONS, type AuditChain, type AuditEntry } from '../../../contract/ipc/admin/audit.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { useAdmin } from '../admin.ts';
import styles from '../app.module.css';
import { SectionFrame } from '../section-frame.tsx';
import tables from './audit-section.module.css';

interface Listed {
  readonly entries: readonly AuditEntry[];
  readonly chain: AuditChain;
}

/** Who changed what and when, and whether the list is whole. */
export function AuditSection() {
  const { t } = useTranslation('admin');
  const act = useAdmin((admin) => admin.act);
  const working = useAdmin((admin) => admin.working);
  const [listed, setListed] = useState<Listed>();
  useEffect(() => {
    void act((api) => api.audit.list()).then(setListed);
  }, [act]);
  const exportList = async () => {
    const result = await act((api) => api.audit.export());
    if (result?.saved) setListed(await act((api) => api.audit.list(), t('audit.exported')));
  };
  return (
    <SectionFrame section="audit" text={t('audit.text')} isWide>
      {listed ? (
        <>
          <Chain chain={listed.chain} />
          <div className={styles.actions}>
            <Button icon="document" isDisabled={working} onPress={() => void exportList()}>
              {t('audit.export')}
            </Button>
          </div>
          <Entries entries={listed.entries} />
        </>
      ) : (
        working && <Progress label={t('working')} />
      )}
    </SectionFrame>
  );
}

function Chain({ chain: { outcome, entries, brokenAt } }: { readonly chain: AuditChain }) {
  const { t } = useTranslation('admin');
  if (outcome === 'intact') return <Notice kind="good">{t('audit.intact', { count: entries })}</Notice>;
  return (
    <Notice kind="bad">
      {outcome === 'broken' ? t('audit.broken', { line: brokenAt }) : t('audit.truncated')}
    </Notice>
  );
}

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const { t } = useTranslation('admin');
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<AuditEntry['action'] | 'all'>('all');
  const kinds = AUDIT_ACTIONS.filter((action) => entries.some((entry) => entry.action === action));
  const sought = search.trim().toLowerCase();
  const shown = entries.filter((entry) => {
    const words = [
      entry.account,
      entry.subject,
      entry.before,
      entry.after,
      t(`audit.actions.${entry.action}`),
    ];
    const isSought = words.some((word) => word?.toLowerCase().includes(sought));
    return isSought && (kind === 'all' || entry.action === kind);
  });
  return (
    <>
      <search className={styles.pair}>
        <Field label={t('audit.search')} type="search" value={search} onChange={setSearch} />
        <Select
          label={t('audit.kind')}
          value={kind}
          choices={[
            { value: 'all' as const, label: t('audit.all') },
            ...kinds.map((value) => ({ value, label: t(`audit.actions.${value}`) })),
          ]}
          onChange={setKind}
        />
      </search>
      {shown.length === 0 ? <p role="status">{t('audit.nothing')}</p> : <Table entries={shown} />}
    </>
  );
}

function Table({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const { t, i18n } = useTranslation('admin');
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'medium' });
  return (
    <table className={tables.table}>
      <caption className="visually-hidden">{t('section.audit')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('audit.when')}</th>
          <th scope="col">{t('audit.who')}</th>
          <th scope="col">{t('audit.what')}</th>
          <th scope="col">{t('audit.change')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.sequence}>
            <td>
              <time dateTime={entry.at}>{time.format(new Date(entry.at))}</time>
            </td>
            <td>
              {t(`audit.roles.${entry.role}`)}
              <span className={tables.detail}>{entry.account}</span>
            </td>
            <td>
              {t(`audit.actions.${entry.action}`)}
              {entry.subject !== undefined && <span className={tables.detail}>{entry.subject}</span>}
            </td>
            <td className={tables.value}>
              <Change entry={entry} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Change({ entry: { action, before, after } }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation('admin');
  if (action !== 'settingChanged') return after;
  return (
    <>
      {before ?? t('audit.unset')} → {after ?? t('audit.unset')}
    </>
  );
}
