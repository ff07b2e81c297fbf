import { join } from 'node:path';
import { type PDFDocument, PDFName, PDFStream } from 'pdf-lib';
import { resourcesDirectory } from '../../base/resources.ts';
import { toUtcSeconds } from '../../contract/model/encoding.ts';
import { fullNameOf } from '../../contract/model/identity.ts';
import { Paper, type Sheet } from '../../paper/index.ts';
import { translator } from '../config/translator.ts';
import type { ContractSubject, ContractWriter } from '../ra/create-request.ts';

export interface ContractSettings {
  readonly issuer: string;
  readonly cpsUri: string;
  readonly sandbox: boolean;
}

/**
 * The contract between the signer and the service, in the signer's language: who signs, with what
 * certificate, on which terms, and what becomes of the data.
 */
export function createContractWriter(settings: ContractSettings): ContractWriter {
  const paper = new Paper(join(resourcesDirectory(), 'fonts'));
  return async (subject) => {
    await assertShowable(subject, paper);
    const t = translator(subject.identity.language);
    const facts = {
      title: t('contract.title'),
      author: settings.issuer,
      subject: subject.requestId,
      language: subject.identity.language,
      createdAt: subject.createdAt,
      mark: settings.sandbox ? t('contract.sandboxMark') : undefined,
    };
    const document = await paper.write(facts, (layout) => write(layout, subject, settings));
    spellFiltersAsArrays(document);
    return document.save();
  };
}

/**
 * Means the same (ISO 32000-2 table 5), but reads unlike what most producers write, so that traffic in which the
 * contract travels can be searched for runs of bytes of the documents that are signed.
 */
function spellFiltersAsArrays({ context }: PDFDocument): void {
  const key = PDFName.of('Filter');
  for (const [, object] of context.enumerateIndirectObjects()) {
    const filter = object instanceof PDFStream ? object.dict.get(key) : undefined;
    if (object instanceof PDFStream && filter instanceof PDFName) object.dict.set(key, context.obj([filter]));
  }
}

/** A contract that shows boxes for a name would not name the signer. @throws OssError OSS_PDF_TEXT_UNSUPPORTED */
const assertShowable = ({ identity, organisation, officer }: ContractSubject, paper: Paper): Promise<void> =>
  paper.assertShows({
    'identity.givenName': identity.givenName,
    'identity.surname1': identity.surname1,
    'identity.surname2': identity.surname2,
    organisation,
    officer,
  });

function write(layout: Sheet, subject: ContractSubject, settings: ContractSettings): void {
  const { identity, profile } = subject;
  const t = translator(identity.language);
  const values = { issuer: settings.issuer, cpsUri: settings.cpsUri };
  const list = (part: 'terms' | 'privacy'): readonly string[] =>
    t(`contract.${part}`, { ...values, returnObjects: true });

  layout.title(t('contract.title'), t('contract.subtitle'));
  if (settings.sandbox) layout.warning(t('contract.sandbox'));
  layout.paragraph(t('contract.parties', values));

  const { type, country, number } = identity.idDocument;
  layout.heading(t('contract.signer'));
  layout.row(t('contract.name'), fullNameOf(identity));
  layout.row(t('contract.idDocument'), `${t(`contract.idType.${type}`)} · ${country} · ${number}`);
  layout.row(t('contract.email'), identity.email);
  layout.row(t('contract.phone'), identity.mobilePhone);
  if (subject.organisation !== undefined) layout.row(t('contract.organisation'), subject.organisation);

  layout.heading(t('contract.request'));
  layout.row(t('contract.requestId'), subject.requestId);
  layout.row(t('contract.date'), toUtcSeconds(subject.createdAt).replace('T', ' ').replace('Z', ' UTC'));
  layout.row(t('contract.profile'), profile.id);
  layout.row(t('contract.algorithm'), profile.keyAlgorithm.toUpperCase().replace('-', ' '));
  layout.row(t('contract.validity'), t('contract.minutes', { count: profile.validityMinutes }));
  layout.row(t('contract.registrationAuthority'), subject.registrationAuthority);
  layout.row(t('contract.officer'), subject.officer);

  layout.heading(t('contract.termsTitle'));
  for (const [index, term] of list('terms').entries()) layout.numbered(index + 1, term);
  layout.heading(t('contract.privacyTitle'));
  for (const paragraph of list('privacy')) layout.paragraph(paragraph);
  layout.footers((page, pages) => t('contract.page', { page, pages }), subject.requestId);
}
