import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type TrustedListsView,
  trustedListsChoiceSchema,
} from '../../../contract/ipc/admin/trusted-lists.ts';
import type { KeptList } from '../../../contract/model/trusted-lists.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import styles from '../app.module.css';
import { CertificateCard } from '../certificate-card.tsx';
import { Form } from '../form.tsx';
import { SectionFrame } from '../section-frame.tsx';

/** By whom the European lists are believed, whether they are fetched, and how old they are. */
export function TrustedListsSection() {
  const { t } = useTranslation('admin');
  const { trustedLists } = useSettings();
  const save = useAdmin((admin) => admin.save);
  const act = useAdmin((admin) => admin.act);
  const working = useAdmin((admin) => admin.working);
  const [fetch, setFetch] = useState(trustedLists.fetch);
  const [address, setAddress] = useState(trustedLists.address);
  const [isSent, setSent] = useState(false);
  const [view, setView] = useState<TrustedListsView>();
  useEffect(() => {
    void act((api) => api.trustedLists.view()).then((found) => found && setView(found));
  }, [act]);
  const parsed = trustedListsChoiceSchema.safeParse({ fetch, address });
  const submit = () => {
    setSent(true);
    const { data } = parsed;
    if (data) void save((api) => api.settings.saveTrustedLists(data), t('saved'));
  };
  const ask = async (call: 'chooseCertificates' | 'fetch') => {
    const found = await act((api) => api.trustedLists[call]());
    if (found) setView(found);
  };
  return (
    <SectionFrame section="trustedLists" text={t('trustedLists.text')}>
      <Form onSubmit={submit}>
        <Checkbox isSelected={fetch} onChange={setFetch}>
          {t('trustedLists.fetch')}
        </Checkbox>
        <Field
          label={t('trustedLists.address')}
          inputMode="url"
          validationBehavior="aria"
          value={address}
          onChange={setAddress}
          error={isSent && !parsed.success ? t('trustedLists.addressWrong') : undefined}
        />
      </Form>
      <section className={styles.group} aria-label={t('trustedLists.certificates')}>
        <h2 className={styles.heading}>{t('trustedLists.certificates')}</h2>
        <p className={styles.text}>{t('trustedLists.certificatesText')}</p>
        {view?.certificates.map((certificate) => (
          <CertificateCard key={certificate.fingerprint} certificate={certificate} />
        ))}
        <div className={styles.actions}>
          <Button icon="folder" isDisabled={working} onPress={() => void ask('chooseCertificates')}>
            {t('trustedLists.choose')}
          </Button>
        </div>
      </section>
      {view && view.certificates.length > 0 && (
        <section className={styles.group} aria-label={t('trustedLists.lists')}>
          <h2 className={styles.heading}>{t('trustedLists.lists')}</h2>
          <Lists view={view} />
          <div className={styles.actions}>
            <Button isDisabled={working} onPress={() => void ask('fetch')}>
              {working ? t('working') : t('trustedLists.fetchNow')}
            </Button>
          </div>
        </section>
      )}
    </SectionFrame>
  );
}

function Lists({ view: { state } }: { readonly view: TrustedListsView }) {
  const { t, i18n } = useTranslation('admin');
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' });
  if (!state) return null;
  const { fetchedAt, listOfLists, national } = state;
  const said = ({ sequenceNumber, nextUpdate, problem }: KeptList): string =>
    [
      sequenceNumber === undefined
        ? t('trustedLists.none')
        : t('trustedLists.number', { number: sequenceNumber }),
      ...(nextUpdate === undefined
        ? []
        : [t('trustedLists.until', { date: date.format(new Date(nextUpdate)) })]),
      ...(problem ? [t(`trustedLists.problem.${problem}`)] : []),
    ].join(' · ');
  return (
    <>
      <p className={styles.text}>
        {fetchedAt === undefined
          ? t('trustedLists.neverFetched')
          : t('trustedLists.fetchedAt', { time: time.format(new Date(fetchedAt)) })}
      </p>
      <dl className={styles.form}>
        {[listOfLists, ...national].map((list) => (
          <div key={list.territory}>
            <dt className={styles.heading}>{list.territory}</dt>
            <dd className={styles.text}>{said(list)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
