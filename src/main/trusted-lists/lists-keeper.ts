import { type OssError, toOssError } from '../../contract/errors.ts';
import type { TrustedListsChoice } from '../../contract/ipc/admin/trusted-lists.ts';
import type { Optimizer } from '../../optimizer/index.ts';

export interface ListsKeeperOptions {
  /** As the settings have it at that moment. */
  choice(): TrustedListsChoice;
  /** Undefined while the service was not reached yet. */
  optimizer(): Promise<Pick<Optimizer, 'trustedLists' | 'refreshTrustedLists'> | undefined>;
  readonly report: (error: OssError) => void;
  readonly now?: () => number;
}

const HOUR = 60 * 60_000;
/** The list of lists is checked once a day (TS 119 615 §4.1). */
const OLD_AFTER = 20 * HOUR;

/** Fetches the trusted lists in the background, where the administrator wants it. */
export class ListsKeeper {
  readonly #options: ListsKeeperOptions;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ListsKeeperOptions) {
    this.#options = options;
  }

  /** Looks now and every hour. */
  start(): void {
    void this.look();
    this.#timer = setInterval(() => void this.look(), HOUR).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Fetches lists that are a day old. What fails is reported, and tried again with the next look. */
  async look(): Promise<void> {
    if (!this.#options.choice().fetch) return;
    const { now = Date.now } = this.#options;
    try {
      const found = await (await this.#options.optimizer())?.trustedLists();
      if (!found || found.certificates.length === 0) return;
      const fetchedAt = Date.parse(found.state?.fetchedAt ?? '');
      if (!(now() - fetchedAt < OLD_AFTER)) await this.fetch();
    } catch (thrown) {
      this.#options.report(toOssError(thrown));
    }
  }

  /** Fetches them, once at a time. @throws OssError OSS_WORK_* */
  fetch(): Promise<void> {
    this.#running ??= this.#fetch().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #fetch(): Promise<void> {
    const { choice, optimizer } = this.#options;
    await (await optimizer())?.refreshTrustedLists(choice().address);
  }
}
