import { expect, test, vi } from 'vitest';
import type { PickedDocument } from '../../contract/ipc/documents.ts';
import type { ClerkApi } from '../../contract/ipc/index.ts';
import type { StationView } from '../../contract/ipc/station.ts';
import { createDesk } from './desk.ts';

const picked = (id: string): PickedDocument => ({
  id,
  name: `${id}.pdf`,
  bytes: 1000,
  pages: 1,
  earlierSignatures: 0,
  notes: [],
  examined: false,
  certified: false,
  fields: [],
  sameAs: [],
});

/** Main as far as documents are concerned: the dialog answers with the next of the given files. */
function mainWith(...files: readonly string[]): ClerkApi {
  const toChoose = files.map(picked);
  let list: PickedDocument[] = [];
  const documents = {
    choose: async () => {
      const next = toChoose.shift();
      list = next ? [...list, next] : list;
      return list;
    },
    examine: async ({ id }: { id: string }) => {
      list = list.map((one) => (one.id === id ? { ...one, examined: true } : one));
      return list;
    },
    clear: async () => {
      list = [];
    },
  };
  const silent = { onChanged: () => undefined, onInterrupted: () => undefined, onProgress: () => undefined };
  return { documents, transactions: silent, station: silent, cases: silent } as unknown as ClerkApi;
}

const station = {} as StationView;

test('what is picked while pages are compared is examined at once, also for the next customer', async () => {
  const forEver = new Promise<never>(() => undefined);
  const compare = vi.fn(() => forEver);
  const desk = createDesk(mainWith('first', 'second'), station, compare);
  const { choose, examine, newCustomer } = desk.getState();
  await choose();
  void examine();
  await vi.waitFor(() => expect(compare).toHaveBeenCalledOnce(), { timeout: 30_000 });
  await newCustomer();
  await choose();
  await examine();
  expect(desk.getState().picked).toMatchObject([{ id: 'second', examined: true }]);
});

test('pages of what is picked while others are compared are compared after them, each once', async () => {
  let endFirst: (notes: []) => void = () => undefined;
  const first = new Promise<[]>((resolve) => {
    endFirst = resolve;
  });
  const compare = vi.fn((_: ClerkApi, { id }: PickedDocument) =>
    id === 'first' ? first : Promise.resolve([]),
  );
  const desk = createDesk(mainWith('first', 'second'), station, compare);
  const { choose, examine } = desk.getState();
  await choose();
  const passes = [examine()];
  await vi.waitFor(() => expect(compare).toHaveBeenCalledOnce(), { timeout: 30_000 });
  await choose();
  passes.push(examine());
  endFirst([]);
  await Promise.all(passes);
  expect(Object.keys(desk.getState().compared)).toEqual(['first', 'second']);
  expect(compare).toHaveBeenCalledTimes(2);
});
