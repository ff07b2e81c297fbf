import { Provider, type ResolvedUpdateFileInfo, type UpdateInfo } from 'electron-updater';
import {
  type ProviderRuntimeOptions,
  parseUpdateInfo,
  resolveFiles,
} from 'electron-updater/out/providers/Provider.js';
import type { UpdatePolicy } from '../../contract/policy.ts';
import { isSignedUpdate } from './update-signature.ts';

/** Longer than any file that tells of a version. */
const MOST_CHARACTERS = 100_000;

/**
 * A server of the organisation's own, of which nothing is believed: the file that tells of a new version carries a
 * signature, and the files of the version have the SHA-512 that stands in it. Which part of the computers gets it
 * first (`stagingPercentage`) is signed with it.
 */
export class SignedProvider extends Provider<UpdateInfo> {
  readonly #source: UpdatePolicy;
  readonly #folder: URL;

  constructor(source: UpdatePolicy, runtime: ProviderRuntimeOptions) {
    super(runtime);
    this.#source = source;
    this.#folder = new URL(source.url.endsWith('/') ? source.url : `${source.url}/`);
  }

  /** @throws Error for what is not there, not signed, or says not what its files are */
  override async getLatestVersion(): Promise<UpdateInfo> {
    const { channel, publicKey } = this.#source;
    const name = `${this.getCustomChannelName(channel)}.yml`;
    const address = new URL(name, this.#folder);
    const text = await this.httpRequest(address);
    const signature = await this.httpRequest(new URL(`${name}.sig`, this.#folder));
    if (!text || !signature || text.length > MOST_CHARACTERS || signature.length > MOST_CHARACTERS)
      throw new Error('the server does not tell of a version');
    if (!isSignedUpdate(name, text, signature, publicKey))
      throw new Error('what the server tells of a version is not signed with the key of the policy');
    const info = parseUpdateInfo(text, name, address);
    if (!info.files?.length || info.files.some(({ sha512 }) => !sha512))
      throw new Error('a file of the version has no SHA-512');
    return info;
  }

  override resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
    return resolveFiles(info, this.#folder);
  }
}
