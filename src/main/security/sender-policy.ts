import type { IpcMainInvokeEvent } from 'electron';
import { OssError } from '../../contract/errors.ts';
import type { WindowRole } from '../../contract/ipc/group.ts';
import { hasOrigin } from '../security/origin.ts';

/** A window of ours, as its calls are judged. */
export interface Caller {
  readonly role: WindowRole;
  /** Chromium's number of the window's contents. */
  readonly contentsId: number;
}

/** The windows that exist; a sender that is not listed here is nobody. */
export class KnownCallers {
  readonly #byContents = new Map<number, Caller>();

  add(caller: Caller): void {
    this.#byContents.set(caller.contentsId, caller);
  }

  remove(contentsId: number): void {
    this.#byContents.delete(contentsId);
  }

  /**
   * Known window, right role, main frame, and the frame still shows our page. A missing frame or a blank
   * address is refused. @throws OssError OSS_FORBIDDEN
   */
  judge(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>, roles: readonly WindowRole[]): Caller {
    const caller = this.#byContents.get(event.sender.id);
    const frame = event.senderFrame;
    if (!caller || !frame) throw new OssError('OSS_FORBIDDEN');
    const isOurPage = frame.parent === null && hasOrigin(frame.url, caller.role);
    if (!isOurPage || !roles.includes(caller.role)) throw new OssError('OSS_FORBIDDEN');
    return caller;
  }
}
