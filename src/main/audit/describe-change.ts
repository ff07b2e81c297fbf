import { createHash } from 'node:crypto';
import { viewOfPem } from '../certificates/certificate-view.ts';
import type { Settings } from '../settings/port.ts';

export interface SettingChange {
  readonly subject: string;
  readonly before?: string;
  readonly after?: string;
}

/** What differs between two settings, one entry a value; certificates and pictures by their fingerprints. */
export function describeChanges(before: Settings, after: Settings): SettingChange[] {
  const [old, now] = [flatten(before), flatten(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((subject) => old.get(subject) !== now.get(subject))
    .map((subject) => ({
      subject,
      ...given('before', old.get(subject)),
      ...given('after', now.get(subject)),
    }));
}

const given = (key: 'before' | 'after', value: string | undefined) =>
  value === undefined ? {} : { [key]: value };

function flatten(settings: Settings): Map<string, string> {
  const { clientCertificate, anchors, logo, timestampUrls, ...plain } = settings;
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(plain)) {
    if (typeof value !== 'object') flat.set(name, String(value));
    else for (const [key, inner] of Object.entries(value)) flat.set(`${name}.${key}`, String(inner));
  }
  if (clientCertificate !== undefined) flat.set('clientCertificate', describeCertificate(clientCertificate));
  for (const { pem, use } of anchors)
    flat.set(`anchor.${use}.${viewOfPem(pem).fingerprint.slice(0, 16)}`, describeCertificate(pem));
  if (logo !== undefined)
    flat.set('logo', `SHA-256 ${createHash('sha256').update(Buffer.from(logo, 'base64')).digest('hex')}`);
  if (timestampUrls.length > 0) flat.set('timestampUrls', timestampUrls.join(', '));
  for (const [key, value] of flat) if (value === 'undefined') flat.delete(key);
  return flat;
}

function describeCertificate(pem: string): string {
  const { subject, fingerprint } = viewOfPem(pem);
  return `${subject} (SHA-256 ${fingerprint})`;
}
