/** The verified lists of one folder; a national list is verified when something may be about it. */
import type { KeptList, QualificationReason } from '../../contract/model/trusted-lists.ts';
import { type Certificate, equalBytes } from '../../pki/index.ts';
import { UnusableXml } from '../xml/read-xml.ts';
import { readListContent, type ServicePeriod, type TrustedList, type TrustService } from './list-content.ts';
import { type ListFile, readListFiles } from './list-files.ts';
import { readListOfLists } from './list-of-lists.ts';
import { readSignedList } from './signed-list.ts';

/** A service as its list had it at some time. */
export interface FoundService {
  readonly list: TrustedList;
  readonly service: TrustService;
  readonly period: ServicePeriod;
  readonly time: Date;
}

export type ListProblem = Extract<
  QualificationReason,
  | 'listOfListsMissing'
  | 'listOfListsNotAuthentic'
  | 'listOfListsStale'
  | 'listMissing'
  | 'listNotAuthentic'
  | 'listStale'
>;

type National = { readonly list: TrustedList } | { readonly problem: ListProblem };

export class TrustedLists {
  readonly #files: readonly ListFile[];
  readonly #listOfLists: { readonly list: TrustedList } | { readonly problem: ListProblem };
  readonly #national = new Map<string, National>();
  /** Text without white space, in which certificates are looked for before a list is verified. */
  readonly #texts = new Map<ListFile, string>();

  private constructor(files: readonly ListFile[], pinned: readonly Certificate[]) {
    this.#files = files;
    this.#listOfLists = listOfLists(files, pinned);
  }

  /**
   * @param pinned the certificates of the Official Journal of the European Union that the administrator checked
   * @param beside where the list of lists is, and its pivots
   */
  static async open(folder: string, pinned: readonly Certificate[], beside = folder): Promise<TrustedLists> {
    const files = await readListFiles(folder);
    if (beside === folder) return new TrustedLists(files, pinned);
    const above = (await readListFiles(beside)).filter(({ isListOfLists }) => isListOfLists);
    return new TrustedLists([...above, ...files.filter((one) => !one.isListOfLists)], pinned);
  }

  /** The lists that may be about these certificates, as far as they hold at `at`. */
  listsFor(certificates: readonly Certificate[], at: Date): readonly TrustedList[] {
    if ('problem' in this.#listOfLists || isStale(this.#listOfLists.list, at)) return [];
    return this.#territoriesOf(certificates).flatMap((territory) => {
      const found = this.#nationalAt(territory, at);
      return 'list' in found ? [found.list] : [];
    });
  }

  /** Why something that is not in `listsFor` could still be in a list. */
  problemFor(certificates: readonly Certificate[], at: Date): ListProblem | undefined {
    if ('problem' in this.#listOfLists) return this.#listOfLists.problem;
    if (isStale(this.#listOfLists.list, at)) return 'listOfListsStale';
    const found = this.#territoriesOf(certificates).map((territory) => this.#nationalAt(territory, at));
    return found.flatMap((one) => ('problem' in one ? [one.problem] : []))[0];
  }

  /** The list of lists, and where it says that the national lists are. */
  describeListOfLists(at: Date): {
    readonly list: KeptList;
    readonly pointers: readonly { readonly territory: string; readonly location: string }[];
  } {
    if ('problem' in this.#listOfLists)
      return { list: { territory: 'EU', problem: this.#listOfLists.problem }, pointers: [] };
    const { list } = this.#listOfLists;
    const national = list.pointers.filter((one) => !one.isListOfLists);
    const pointers = new Map(national.map(({ territory, location }) => [territory, { territory, location }]));
    return {
      list: { ...headOf(list), ...(isStale(list, at) && { problem: 'listOfListsStale' }) },
      pointers: [...pointers.values()],
    };
  }

  /** One national list. */
  describe(territory: string, at: Date): KeptList {
    const found = this.#nationalAt(territory, at);
    if ('list' in found) return headOf(found.list);
    const stale = this.#national.get(territory);
    return { ...(stale && 'list' in stale ? headOf(stale.list) : { territory }), problem: found.problem };
  }

  /** Of the countries in the names of the issuers, and lists that hold one of the certificates. */
  #territoriesOf(certificates: readonly Certificate[]): string[] {
    if ('problem' in this.#listOfLists) return [];
    const pointed = new Set(
      this.#listOfLists.list.pointers.filter((one) => !one.isListOfLists).map(({ territory }) => territory),
    );
    const countries = certificates.flatMap(
      ({ issuer }) => TERRITORIES[issuer.country ?? ''] ?? issuer.country ?? [],
    );
    const encoded = certificates.map(({ der }) => Buffer.from(der).toString('base64'));
    const holding = this.#files.filter(
      (file) => !file.isListOfLists && encoded.some((one) => this.#textOf(file).includes(one)),
    );
    const all = [...countries, ...holding.map(({ territory }) => territory)];
    return [...new Set(all)].filter((territory) => pointed.has(territory));
  }

  #textOf(file: ListFile): string {
    const known = this.#texts.get(file);
    if (known !== undefined) return known;
    const text = Buffer.from(file.bytes).toString('latin1').replaceAll(/\s+/gu, '');
    this.#texts.set(file, text);
    return text;
  }

  #nationalAt(territory: string, at: Date): National {
    const found = this.#national.get(territory) ?? this.#read(territory);
    this.#national.set(territory, found);
    return 'list' in found && isStale(found.list, at) ? { problem: 'listStale' } : found;
  }

  #read(territory: string): National {
    if ('problem' in this.#listOfLists) return this.#listOfLists;
    const file = this.#files.find((one) => !one.isListOfLists && one.territory === territory);
    if (!file) return { problem: 'listMissing' };
    const pointers = this.#listOfLists.list.pointers.filter(
      (one) => !one.isListOfLists && one.territory === territory,
    );
    try {
      const list = readListContent(
        readSignedList(
          file.bytes,
          pointers.flatMap(({ certificates }) => certificates),
        ),
      );
      return list.territory === territory ? { list } : { problem: 'listNotAuthentic' };
    } catch (error) {
      if (error instanceof UnusableXml) return { problem: 'listNotAuthentic' };
      throw error;
    }
  }
}

function listOfLists(
  files: readonly ListFile[],
  pinned: readonly Certificate[],
): { readonly list: TrustedList } | { readonly problem: ListProblem } {
  if (!files.some(({ isListOfLists }) => isListOfLists)) return { problem: 'listOfListsMissing' };
  try {
    return { list: readListOfLists(files, pinned) };
  } catch (error) {
    if (error instanceof UnusableXml) return { problem: 'listOfListsNotAuthentic' };
    throw error;
  }
}

const headOf = ({ territory, sequenceNumber, issued, nextUpdate }: TrustedList): KeptList => ({
  ...{ territory, sequenceNumber, issued: issued.toISOString() },
  ...(nextUpdate && { nextUpdate: nextUpdate.toISOString() }),
});

/** TS 119 612 §5.3.10: two territories have other codes than countries have in names. */
const TERRITORIES: Readonly<Record<string, string>> = { GR: 'EL', GB: 'UK' };

/** TS 119 612 §5.3.15: after nextUpdate a list is expired; without one it was closed, and says nothing of today. */
const isStale = ({ nextUpdate }: TrustedList, at: Date): boolean =>
  nextUpdate === undefined || nextUpdate < at;

/** The services of a type that a certificate of the chain identifies, as the lists had them at a time. */
export function servicesAt(
  lists: readonly TrustedList[],
  chain: readonly Certificate[],
  type: string,
  time: Date,
): FoundService[] {
  return lists.flatMap((list) =>
    list.services
      .filter(({ identities }) => identities.some((identity) => chain.some((one) => isSame(one, identity))))
      .flatMap((service) => {
        const period = service.periods.find(({ from }) => from <= time);
        return period?.type === type ? [{ list, service, period, time }] : [];
      }),
  );
}

/** TS 119 612 §5.5.3: a service is identified by key and name, whichever certificate shows them. */
const isSame = (one: Certificate, other: Certificate): boolean =>
  equalBytes(one.publicKeySpki, other.publicKeySpki) && one.subject.text === other.subject.text;

/** Since 1 July 2016 `granted`, before it the states of supervision (TS 119 612 §5.5.4, annex J). */
export const isGranted = ({ status }: ServicePeriod, time: Date): boolean =>
  status === 'granted' || (time < EIDAS && FORMER.includes(status));

const FORMER: readonly string[] = ['undersupervision', 'supervisionincessation', 'accredited'];
/** From when Regulation (EU) 910/2014 applies. */
export const EIDAS = new Date('2016-06-30T22:00:00Z');
