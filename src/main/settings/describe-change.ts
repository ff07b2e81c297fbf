import { createHash } from 'node:crypto';
import { isRevoked } from '../../contract/model/api-client.ts';
import { viewOfPem } from '../../pki/index.ts';
import type { Settings } from './port.ts';

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
  const { clientCertificate, anchors, logo, timestampUrls, placementTemplates, restApi, ...plain } = settings;
  const flat = new Map<string, string>();
  const put = (name: string, value: unknown): void => {
    if (typeof value === 'object')
      for (const [key, inner] of Object.entries(value ?? {})) put(`${name}.${key}`, inner);
    else if (value !== undefined) flat.set(name, String(value));
  };
  for (const [name, value] of Object.entries(plain)) put(name, value);
  for (const { id, name } of placementTemplates) put(`placementTemplate.${id}`, name);
  put('clientCertificate', clientCertificate && describeCertificate(clientCertificate));
  for (const { pem, use } of anchors) {
    put(`anchor.${use}.${viewOfPem(pem).fingerprint.slice(0, 16)}`, describeCertificate(pem));
  }
  put('logo', logo && `SHA-256 ${createHash('sha256').update(Buffer.from(logo, 'base64')).digest('hex')}`);
  const { clients, ...api } = restApi;
  put('restApi', api);
  for (const { name, sha256 } of clients.filter((client) => !isRevoked(client)))
    put(`restApi.client.${name}`, `key with SHA-256 ${sha256}`);
  if (timestampUrls.length > 0) put('timestampUrls', timestampUrls.join(', '));
  return flat;
}

function describeCertificate(pem: string): string {
  const { subject, fingerprint } = viewOfPem(pem);
  return `${subject} (SHA-256 ${fingerprint})`;
}
