import type { Session as ElectronSession } from 'electron';
import { ListedEmitter, onlyProvided } from './provided.ts';

export type RequestHandler = (request: Request) => Response | Promise<Response>;
type PermissionHandler = Parameters<ElectronSession['setPermissionRequestHandler']>[0];
type BeforeRequest = (details: { url: string }, response: (response: { cancel?: boolean }) => void) => void;

/** electron.session: one partition; on Chromium's side a browser context. */
export class Session extends ListedEmitter {
  readonly #handlers = new Map<string, RequestHandler>();
  #mayUse: PermissionHandler = (_contents, _permission, response) => response(true);
  #beforeRequest: BeforeRequest = (_details, response) => response({});

  readonly protocol = onlyProvided('protocol', {
    handle: (scheme: string, handler: RequestHandler) => void this.#handlers.set(scheme, handler),
  });
  readonly webRequest = onlyProvided('webRequest', {
    onBeforeRequest: (listener: BeforeRequest) => {
      this.#beforeRequest = listener;
    },
  });

  constructor() {
    super('session');
  }

  setPermissionRequestHandler(handler: PermissionHandler): void {
    this.#mayUse = handler;
  }

  /** Chromium keeps one decision for asking and for checking: that of the request handler. */
  setPermissionCheckHandler(_handler: unknown): void {}

  /** Headless Chromium has no devices to choose from. */
  setDevicePermissionHandler(_handler: unknown): void {}

  /** A browser context forgets everything when its window is gone. */
  async clearStorageData(): Promise<void> {}

  handlerOf(scheme: string): RequestHandler | undefined {
    return this.#handlers.get(scheme);
  }

  permits(permission: string, mediaTypes?: readonly string[]): Promise<boolean> {
    return new Promise((resolve) => {
      this.#mayUse?.(null as never, permission as never, resolve, {
        ...(mediaTypes && { mediaTypes }),
      } as never);
    });
  }

  isCancelled(url: string): Promise<boolean> {
    return new Promise((resolve) => {
      this.#beforeRequest({ url }, ({ cancel }) => resolve(cancel === true));
    });
  }
}

/** electron.session as a module: the default one and those by partition. */
export function createSessions() {
  const partitions = new Map<string, Session>();
  const open = () => onlyProvided('session', new Session());
  const defaultSession = open();
  const fromPartition = (partition: string, _options?: object): Session => {
    const known = partitions.get(partition) ?? open();
    partitions.set(partition, known);
    return known;
  };
  return { defaultSession, fromPartition };
}
