import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ANCHOR_USES, type AnchorUse } from '../../../contract/ipc/admin/certificate-view.ts';
import type { AnchorCandidate } from '../../../contract/ipc/admin/certificates.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import styles from '../app.module.css';
import { CertificateCard } from '../certificate-card.tsx';
import { ConfirmedButton } from '../confirmed-button.tsx';
import { SectionFrame } from '../section-frame.tsx';

/** Whom the station believes, and for what. */
export function AnchorsSection() {
  const { t } = useTranslation('admin');
  const { anchors } = useSettings();
  const save = useAdmin((admin) => admin.save);
  return (
    <SectionFrame section="anchors" text={t('anchors.text')}>
      {anchors.length === 0 && <p>{t('anchors.none')}</p>}
      {ANCHOR_USES.map((use) => {
        const forUse = anchors.filter((anchor) => anchor.use === use);
        if (forUse.length === 0) return null;
        return (
          <section key={use} className={styles.group} aria-label={t(`anchors.${use}`)}>
            <h2 className={styles.heading}>{t(`anchors.${use}`)}</h2>
            {use === 'server' && <p className={styles.text}>{t('anchors.serverHint')}</p>}
            {forUse.map(({ use: _, ...certificate }) => (
              <CertificateCard key={certificate.fingerprint} certificate={certificate}>
                <div className={styles.actions}>
                  <ConfirmedButton
                    label={t('anchors.removeOne', { subject: certificate.subject })}
                    title={t('anchors.removeTitle')}
                    text={t('anchors.removeText', { subject: certificate.subject })}
                    onConfirm={() => {
                      const { fingerprint } = certificate;
                      void save((api) => api.certificates.removeAnchor({ fingerprint, use }), t('saved'));
                    }}
                  >
                    {t('remove')}
                  </ConfirmedButton>
                </div>
              </CertificateCard>
            ))}
          </section>
        );
      })}
      <AddAnchors />
    </SectionFrame>
  );
}

/** A file, what is in it, and one decision for each certificate of it. */
function AddAnchors() {
  const { t } = useTranslation('admin');
  const act = useAdmin((admin) => admin.act);
  const working = useAdmin((admin) => admin.working);
  const [candidates, setCandidates] = useState<readonly AnchorCandidate[]>([]);
  const choose = async () => setCandidates((await act((api) => api.certificates.chooseAnchors())) ?? []);
  const drop = (fingerprint: string) =>
    setCandidates(candidates.filter((candidate) => candidate.fingerprint !== fingerprint));
  return (
    <>
      <div className={styles.actions}>
        <Button icon="folder" isDisabled={working} onPress={() => void choose()}>
          {t('anchors.choose')}
        </Button>
      </div>
      {candidates.map((candidate) => (
        <Candidate
          key={candidate.fingerprint}
          candidate={candidate}
          onDone={() => drop(candidate.fingerprint)}
        />
      ))}
    </>
  );
}

function Candidate({
  candidate,
  onDone,
}: {
  readonly candidate: AnchorCandidate;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation('admin');
  const save = useAdmin((admin) => admin.save);
  const working = useAdmin((admin) => admin.working);
  const uses = candidate.isAuthority ? ANCHOR_USES : (['server'] as const);
  const [use, setUse] = useState<AnchorUse>(uses[0]);
  const { fingerprint } = candidate;
  const add = async () => {
    if (await save((api) => api.certificates.addAnchor({ fingerprint, use }), t('saved'))) onDone();
  };
  return (
    <CertificateCard certificate={candidate} heading={t('anchors.inFile')}>
      {candidate.known && <Notice kind="info">{t('anchors.known')}</Notice>}
      {!candidate.isAuthority && <Notice kind="warn">{t('anchors.notAuthority')}</Notice>}
      <Select
        label={t('anchors.use')}
        value={use}
        choices={uses.map((value) => ({ value, label: t(`anchors.${value}`) }))}
        onChange={setUse}
      />
      <div className={styles.actions}>
        <Button kind="primary" isDisabled={working} onPress={() => void add()}>
          {t('anchors.add')}
        </Button>
        <Button isDisabled={working} onPress={onDone}>
          {t('back')}
        </Button>
      </div>
    </CertificateCard>
  );
}
