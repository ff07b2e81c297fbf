import type { Connection } from './connection.ts';

/** What a person chooses from in the browser's own file dialog. */
export interface FileWish {
  /** As the `accept` attribute has it, e.g. `.pdf`; empty for every file. */
  readonly accept: string;
  readonly multiple: boolean;
}

/** Files that the page's side of a window got hold of, and their paths, which only Chromium knows. */
export class PickedFiles {
  readonly #connection: Connection;
  readonly #sessionId: string;

  constructor(connection: Connection, sessionId: string) {
    this.#connection = connection;
    this.#sessionId = sessionId;
  }

  /** Opens the browser's file dialog. @returns undefined where the person closed it */
  async choose(world: number, wish: FileWish): Promise<string[] | undefined> {
    const { result } = await this.#connection.send(
      'Runtime.callFunctionOn',
      {
        executionContextId: world,
        functionDeclaration: CHOOSE,
        arguments: [{ value: wish.accept }, { value: wish.multiple }],
        awaitPromise: true,
        userGesture: true,
      },
      this.#sessionId,
    );
    if (result.objectId === undefined) return undefined;
    const count = await this.#connection.send(
      'Runtime.callFunctionOn',
      {
        objectId: result.objectId,
        functionDeclaration: 'function () { return this.length }',
        returnByValue: true,
      },
      this.#sessionId,
    );
    const paths: string[] = [];
    for (let index = 0; index < Number(count.result.value); index += 1) {
      const file = await this.#connection.send(
        'Runtime.callFunctionOn',
        {
          objectId: result.objectId,
          functionDeclaration: 'function (index) { return this[index] }',
          arguments: [{ value: index }],
        },
        this.#sessionId,
      );
      paths.push(await this.#pathOf(file.result.objectId ?? ''));
    }
    return paths;
  }

  /** Puts the paths of dropped files in the place of the names that the isolated world gave them. */
  async withPaths(world: number, text: string): Promise<string> {
    let resolved = text;
    for (const [token, number] of text.matchAll(/standin-file:(\d+)(?=")/g)) {
      const file = await this.#connection.send(
        'Runtime.callFunctionOn',
        {
          executionContextId: world,
          functionDeclaration: 'number => standinFiles[number]',
          arguments: [{ value: Number(number) }],
        },
        this.#sessionId,
      );
      const path = file.result.objectId === undefined ? '' : await this.#pathOf(file.result.objectId);
      resolved = resolved.replace(`"${token}"`, () => JSON.stringify(path));
    }
    return resolved;
  }

  async #pathOf(objectId: string): Promise<string> {
    const { path } = await this.#connection.send('DOM.getFileInfo', { objectId }, this.#sessionId);
    return path;
  }
}

/** Runs in the page: resolves with the files, or undefined where the dialog was closed. */
const CHOOSE = `(accept, multiple) => new Promise((settle) => {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', accept, multiple });
  input.addEventListener('change', () => settle([...input.files]));
  input.addEventListener('cancel', () => settle(undefined));
  input.click();
})`;
