import { type BrowserWindow, dialog, shell } from 'electron';
import { OssError } from '../../contract/errors.ts';
import type { GroupHandlers } from '../../contract/ipc/group.ts';
import type { ClerkGroups } from '../../contract/ipc/index.ts';
import type { ReturningCustomers } from '../customers/returning-customers.ts';
import type { Desk } from '../desk/desk.ts';
import type { DeskPin } from '../desk/desk-pin.ts';
import type { DocumentGrants } from '../documents/grants.ts';
import type { PickedDocuments } from '../documents/picked-documents.ts';
import type { IdPictures } from '../id-pictures/id-pictures.ts';
import type { Placements } from '../placement/placements.ts';
import type { Caller } from '../security/sender-policy.ts';

type Handlers<G extends keyof ClerkGroups> = GroupHandlers<ClerkGroups[G], Caller>;

export function documentHandlers(picked: PickedDocuments, window: BrowserWindow): Handlers<'documents'> {
  return {
    async choose() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        properties: ['openFile', 'multiSelections'],
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
      });
      return canceled ? picked.list() : picked.add(filePaths);
    },
    addDropped: ({ paths }) => picked.add(paths),
    unlock: ({ id, password }) => picked.unlock(id, password),
    examine: ({ id }) => picked.examine(id),
    secondLook: ({ id, from, to }) => picked.secondLook(id, from, to),
    remove: ({ id }) => picked.remove(id),
    reorder: ({ ids }) => picked.reorder(ids),
    clear: () => picked.clear(),
  };
}

export interface TransactionParts {
  readonly desk: Desk;
  readonly picked: PickedDocuments;
  readonly placements: Placements;
  readonly customers: ReturningCustomers;
  readonly pictures: IdPictures;
  readonly pin: DeskPin;
  readonly grants: DocumentGrants;
  hasSecondDisplay(): boolean;
}

export function transactionHandlers({
  desk,
  picked,
  placements,
  customers,
  pictures,
  pin,
  grants,
  hasSecondDisplay,
}: TransactionParts): Handlers<'transactions'> {
  return {
    list: () => desk.list(),
    find: ({ words }) => desk.find(words),
    async create({ documents, identity, draft }) {
      const placed = [];
      for (const { id, placement } of documents) {
        const { path, password } = picked.find(id);
        const access = password === undefined ? {} : { password };
        const options = await placements.optionsFor({ path, ...access }, placement, identity);
        placed.push({ path, options, ...access });
      }
      const sides = await pictures.sides(draft);
      const view = await desk.create(
        identity,
        placed,
        sides.map((side) => ({ side, read: () => pictures.read(draft, side) })),
      );
      await pictures.removeAll(draft);
      picked.clear();
      await customers.remember(identity);
      return view;
    },
    stop: () => desk.stop(),
    takeCall: ({ id }) => desk.takeCall(id),
    documents: ({ id }) => desk.papers.documents(id, grants),
    cancel: ({ id }) => desk.cancel(id),
    async startAgain({ id }) {
      const { identity, paths } = await desk.startAgain(id);
      picked.clear();
      return { identity, documents: await picked.add(paths) };
    },
    deliver: ({ id }) => desk.deliver(id),
    async handOver({ id, pin: chosen }) {
      if (!hasSecondDisplay() && !pin.isSet) {
        if (chosen === undefined) throw new OssError('OSS_REQUEST_INVALID', { fields: ['pin'] });
        await pin.set(chosen);
      }
      return desk.handOver(id);
    },
    async takeBack({ id }) {
      await desk.takeBack();
      const view = (await desk.list()).find((transaction) => transaction.id === id);
      if (!view) throw new OssError('OSS_TRANSACTION_NOT_FOUND');
      return view;
    },
    simulatedSms: ({ id }) => desk.papers.simulatedSms(id),
    codeDelivery: ({ id }) => desk.papers.codeDelivery(id),
    async openResult({ id, index }) {
      const failure = await shell.openPath(await desk.papers.resultPath(id, index));
      if (failure !== '') throw new OssError('OSS_FILE_NOT_FOUND', { reason: failure });
    },
    async showResults({ id }) {
      shell.showItemInFolder(await desk.papers.resultPath(id, 0));
    },
  };
}
