import { expect, it } from 'vitest';
import { OssError } from '../../../contract/errors.ts';
import { guarded } from './guard.ts';

it('lets nothing of a handler run while nobody is signed in', () => {
  const done: string[] = [];
  let isSignedIn = false;
  const session = {
    require() {
      if (!isSignedIn) throw new OssError('OSS_ADMIN_LOCKED');
    },
  };
  const { save } = guarded(session, { save: (what: string) => done.push(what) });
  expect(() => save('address')).toThrow(expect.objectContaining({ code: 'OSS_ADMIN_LOCKED' }));
  expect(done).toEqual([]);
  isSignedIn = true;
  save('address');
  expect(done).toEqual(['address']);
});
