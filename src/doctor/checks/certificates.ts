import { X509Certificate } from 'node:crypto';
import type { HealthLine } from '../../contract/model/health.ts';
import { viewOfCertificate } from '../../pki/index.ts';
import type { Surroundings } from '../surroundings.ts';
import { daysBetween, line } from './line.ts';

/** To have a new one ordered, issued and brought to every desk. */
const NOTICE_DAYS = 30;

interface Validity {
  readonly subject: string;
  readonly notBefore?: Date;
  readonly notAfter: Date;
}

/** The days that a certificate has left. */
export function certificateLine({ subject, notBefore, notAfter }: Validity, now: Date): HealthLine {
  const facts = { subject, date: notAfter.toISOString(), days: daysBetween(now, notAfter) };
  if (notBefore !== undefined && now < notBefore) {
    return line('certificate', 'broken', 'certificateNotYet', { ...facts, date: notBefore.toISOString() });
  }
  if (now > notAfter) return line('certificate', 'broken', 'certificateEnded', facts);
  if (facts.days < NOTICE_DAYS) return line('certificate', 'look', 'certificateEnding', facts);
  return line('certificate', 'ok', 'certificateGood', facts);
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Of every certificate that is set: anchors, the station's own, and those above it. Each once. */
export function checkCertificates({ certificates, now }: Surroundings): HealthLine[] {
  const texts = certificates.flatMap((text) => text.match(PEM) ?? []);
  const views = new Map(
    texts.map((text) => viewOfCertificate(new X509Certificate(text))).map((view) => [view.fingerprint, view]),
  );
  return [...views.values()].map(({ subject, notBefore, notAfter }) =>
    certificateLine({ subject, notBefore: new Date(notBefore), notAfter: new Date(notAfter) }, now()),
  );
}
