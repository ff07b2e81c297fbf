import { OssError, toOssError } from '../contract/errors.ts';

/** What goes wrong with a file of the vault is told under the name that people know. */
export const naming = <T>(file: string, work: Promise<T>): Promise<T> =>
  work.catch((thrown: unknown) => {
    const error = toOssError(thrown);
    throw new OssError(error.code, { ...error.details, file }, { cause: error });
  });
