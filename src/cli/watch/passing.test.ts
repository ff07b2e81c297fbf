import { expect, it } from 'vitest';
import { OssError } from '../../contract/errors.ts';
import { isPassing } from './passing.ts';

const said = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'mkdir' });

it.each([
  ['a full disk', said('ENOSPC'), true],
  [
    'a share that is away, as the cause of another error',
    new OssError('OSS_INTERNAL', {}, { cause: said('ESTALE') }),
    true,
  ],
  [
    'a file where a folder should be',
    new OssError('OSS_FOLDER_UNUSABLE', {}, { cause: said('EEXIST') }),
    true,
  ],
  ['a file on the way to a folder', said('ENOTDIR'), true],
  ['a service that is away', new OssError('OSS_SERVICE_UNREACHABLE'), true],
  ['a document that is not there', new OssError('OSS_FILE_NOT_FOUND', {}, { cause: said('ENOENT') }), false],
  ['an order that is wrong', new OssError('OSS_REQUEST_INVALID'), false],
])('%s passes: the order is not given up for it, or it is (%#)', (_, thrown, passes) => {
  expect(isPassing(thrown)).toBe(passes);
});
