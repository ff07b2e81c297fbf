import { OssError } from '../../contract/errors.ts';
import type { GroupHandlers } from '../../contract/ipc/group.ts';
import type { SignerGroups } from '../../contract/ipc/index.ts';
import type { Desk } from '../desk/desk.ts';
import type { DeskPin } from '../desk/desk-pin.ts';
import type { Caller } from '../security/sender-policy.ts';

/** Every call acts on the ceremony of the calling window: there is no id that could name another one. */
export function ceremonyHandlers(desk: Desk, pin: DeskPin): GroupHandlers<SignerGroups['ceremony'], Caller> {
  const of = ({ contentsId }: Caller) => desk.ceremonyOf(contentsId);
  return {
    view: (_, caller) => of(caller).view(),
    setLanguage: ({ language }, caller) => of(caller).setLanguage(language),
    begin: (_, caller) => of(caller).begin(),
    pageShown: ({ document, page }, caller) => of(caller).pageShown(document, page),
    finishReading: (_, caller) => of(caller).finishReading(),
    readAgain: (_, caller) => of(caller).readAgain(),
    pageNotDrawn: ({ document, page }, caller) => of(caller).pageNotDrawn(document, page),
    agree: ({ documents }, caller) => of(caller).agree(documents),
    resendCode: (_, caller) => of(caller).resendCode(),
    stopWaiting: (_, caller) => of(caller).stopWaiting(),
    callClerk: (_, caller) => of(caller).callClerk(),
    async simulatedSms(_, caller) {
      const { sandbox, sharedScreen } = of(caller).view();
      if (!sandbox || !sharedScreen) throw new OssError('OSS_FORBIDDEN');
      const last = (await desk.papers.simulatedSms(of(caller).transactionId)).at(-1);
      return last && { text: last.text };
    },
    reportWrongNumber: (_, caller) => of(caller).reportWrongNumber(),
    sign: ({ code }, caller) => of(caller).sign(code),
    decline: (_, caller) => of(caller).decline(),
    leave: (_, caller) => {
      // A turned screen has the clerk's window behind it: only the PIN leads there.
      if (of(caller).view().sharedScreen) throw new OssError('OSS_FORBIDDEN');
      return desk.interrupt('idle');
    },
    async giveBack({ pin: typed }, caller) {
      if (of(caller).view().sharedScreen) await pin.check(typed ?? '');
      // It may have ended meanwhile: another one is not taken back.
      of(caller);
      return desk.takeBack();
    },
  };
}
