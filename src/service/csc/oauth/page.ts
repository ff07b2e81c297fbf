/** The signer's page: plain HTML without a script, readable at any size and by a screen reader. */
import type { Language } from '../../../contract/model/language.ts';
import { translator } from '../../translator.ts';
import type { PageStep } from './authorization-server.ts';

type Shown = Extract<PageStep, { readonly step: 'documents' | 'code' }>;

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/gu, (one) => ESCAPES[one] ?? '');

const STYLE = `body{font:1.125rem/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:1.5rem;color:#16181d;background:#fff}
h1{font-size:1.5rem}li{margin:.75rem 0;overflow-wrap:anywhere}code{font-size:.875rem}
label{display:block;font-weight:600;margin:1rem 0 .25rem}
input{font:inherit;font-size:1.5rem;letter-spacing:.2em;padding:.5rem;width:12ch;border:2px solid #4a5160;border-radius:.25rem}
button{font:inherit;font-weight:600;padding:.75rem 1.25rem;margin:1rem .5rem 0 0;border:2px solid #0f4c81;border-radius:.25rem;background:#fff;color:#0f4c81}
button.main{background:#0f4c81;color:#fff}[role=alert]{border:2px solid #a1260d;padding:.75rem;border-radius:.25rem}
:focus-visible{outline:3px solid #f0a500;outline-offset:2px}`;

/** @param action where its forms go: the path of the authorization endpoint */
export function authorisationPage(page: Shown, action: string): string {
  const t = translator(page.language);
  const documents = page.documents.map(({ hash, label }, index) => {
    const name = label ?? t('authorise.document', { number: index + 1 });
    const hex = Buffer.from(hash, 'base64').toString('hex');
    return `<li><bdi>${escaped(name)}</bdi><br>${escaped(t('authorise.digest'))}: <code>${hex}</code></li>`;
  });
  const form = (path: string, inner: string): string =>
    `<form method="post" action="${escaped(`${action}/${path}`)}"><input type="hidden" name="page" value="${escaped(page.held)}">${inner}</form>`;
  const button = (text: string, isMain = false): string =>
    `<button type="submit"${isMain ? ' class="main"' : ''}>${escaped(text)}</button>`;
  const problem = page.problem ? `<p role="alert">${escaped(t(`authorise.${page.problem}`))}</p>` : '';
  const body = page.sent
    ? `<p>${escaped(t('authorise.sent', { phone: page.sent.maskedPhone, reference: page.sent.reference }))}</p>${problem}${form(
        'confirm',
        `<label for="code">${escaped(t('authorise.code'))}</label><input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" required autofocus><br>${button(t('authorise.sign'), true)}`,
      )}${form('send', button(t('authorise.again')))}`
    : `<p>${escaped(t('authorise.before', { issuer: page.issuer }))}</p>${problem}${form('send', button(t('authorise.send'), true))}`;
  const asks = escaped(t('authorise.asks', { organisation: page.organisation }));
  return document(
    page.language,
    t('authorise.title'),
    `<p>${asks}</p><ol>${documents.join('')}</ol>${body}${form('decline', button(t('authorise.decline')))}`,
  );
}

/** For a page that nobody can go on from. */
export function endedPage(language: Language): string {
  const t = translator(language);
  return document(language, t('authorise.ended'), `<p>${escaped(t('authorise.endedText'))}</p>`);
}

const document = (language: Language, title: string, body: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;
