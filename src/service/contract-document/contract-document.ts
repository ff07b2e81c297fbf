import { join } from 'node:path';
import { type PDFDocument, PDFName, PDFStream } from 'pdf-lib';
import { resourcesDirectory } from '../../base/resources.ts';
import { fullNameOf } from '../../contract/model/identity.ts';
import { LANGUAGES } from '../../contract/model/language.ts';
import { Paper, type Sheet } from '../../paper/index.ts';
import type { ContractSubject, ContractWriter } from '../ra/create-request.ts';
import { type ContractWords, wordsIn } from './contract-words.ts';

export interface ContractSettings {
  readonly issuer: string;
  readonly cpsUri: string;
  readonly sandbox: boolean;
}

/** Digits, signs and letters of Latin-1: what most names, numbers and addresses are made of. */
const REPERTOIRE = [
  [0x20, 0x7e],
  [0xa0, 0xff],
]
  .flatMap(([first = 0, last = 0]) => Array.from({ length: last - first + 1 }, (_, n) => first + n))
  .map((point) => String.fromCodePoint(point))
  .join('');

/**
 * The contract between the signer and the service, in the signer's language: who signs, with what
 * certificate, on which terms, and what becomes of the data.
 */
export function createContractWriter(settings: ContractSettings): ContractWriter {
  const languages = Object.fromEntries(LANGUAGES.map((language) => [language, wordsIn(language, settings)]));
  const texts = Object.values(languages).flatMap(({ all }) => all);
  const paper = new Paper(join(resourcesDirectory(), 'fonts'), { texts, repertoire: REPERTOIRE });
  return async (subject) => {
    await assertShowable(subject, paper);
    const words = languages[subject.identity.language] ?? wordsIn(subject.identity.language, settings);
    const facts = {
      title: words.one('contract.title'),
      author: settings.issuer,
      subject: subject.requestId,
      language: subject.identity.language,
      createdAt: subject.createdAt,
      mark: settings.sandbox ? words.one('contract.sandboxMark') : undefined,
    };
    const document = await paper.write(facts, (layout) => write(layout, subject, settings, words));
    spellFiltersAsArrays(document);
    // At once: a contract is small, and each pause is a timer of a millisecond.
    return document.save({ objectsPerTick: Number.POSITIVE_INFINITY });
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

function write(
  layout: Sheet,
  { identity, profile, ...subject }: ContractSubject,
  settings: ContractSettings,
  words: ContractWords,
): void {
  const { one, list } = words;
  layout.title(one('contract.title'), one('contract.subtitle'));
  if (settings.sandbox) layout.warning(one('contract.sandbox'));
  layout.paragraph(one('contract.parties'));

  const { type, country, number } = identity.idDocument;
  layout.heading(one('contract.signer'));
  layout.row(one('contract.name'), fullNameOf(identity));
  layout.row(one('contract.idDocument'), `${one(`contract.idType.${type}`)} · ${country} · ${number}`);
  if (identity.email !== undefined) layout.row(one('contract.email'), identity.email);
  layout.row(one('contract.phone'), identity.mobilePhone);
  if (subject.organisation !== undefined) layout.row(one('contract.organisation'), subject.organisation);

  layout.heading(one('contract.request'));
  layout.row(one('contract.requestId'), subject.requestId);
  layout.row(one('contract.date'), words.date(subject.createdAt));
  layout.row(one('contract.validity'), words.minutes(profile.validityMinutes));
  layout.row(one('contract.registrationAuthority'), subject.registrationAuthority);
  layout.row(one('contract.officer'), subject.officer);

  layout.heading(one('contract.termsTitle'));
  for (const [index, term] of list.terms.entries()) layout.numbered(index + 1, term);
  layout.heading(one('contract.privacyTitle'));
  for (const paragraph of list.privacy) layout.paragraph(paragraph);
  layout.footers(words.page, subject.requestId);
}
