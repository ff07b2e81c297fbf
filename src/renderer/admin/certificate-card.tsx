import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../contract/ipc/admin/certificate-view.ts';
import styles from './certificate-card.module.css';

interface CertificateCardProps {
  readonly certificate: CertificateView;
  readonly heading?: string;
  /** What may be done with it. */
  readonly children?: ReactNode;
}

/** A certificate in words, its fingerprint grouped so that two people can compare it. */
export function CertificateCard({ certificate, heading, children }: CertificateCardProps) {
  const { t, i18n } = useTranslation('admin');
  const { subject, issuer, notBefore, notAfter, fingerprint } = certificate;
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' });
  const [from, to] = [notBefore, notAfter].map((time) => date.format(new Date(time)));
  const hasEnded = Date.parse(notAfter) < Date.now();
  return (
    <article className={styles.card}>
      {heading !== undefined && <h2 className={styles.heading}>{heading}</h2>}
      <dl className={styles.facts}>
        <dt>{t('certificate.subject')}</dt>
        <dd>{subject}</dd>
        <dt>{t('certificate.issuer')}</dt>
        <dd>{issuer}</dd>
        <dt>{t('certificate.validity')}</dt>
        <dd>
          {t('certificate.fromTo', { from, to })}
          {hasEnded && <strong className={styles.ended}> ({t('certificate.ended')})</strong>}
        </dd>
        <dt>{t('certificate.fingerprint')}</dt>
        <dd className={styles.fingerprint}>{fingerprint.match(/.{4}/g)?.join(' ')}</dd>
      </dl>
      {children}
    </article>
  );
}
