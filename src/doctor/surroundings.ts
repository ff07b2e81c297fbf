import type { GateView } from '../contract/ipc/admin/gate.ts';
import type { TestedAccess } from './connection/tested-access.ts';

/** A program that runs the product, by its own version number. */
export interface Runtime {
  readonly name: 'Node' | 'Electron';
  readonly version: string;
}

/** Everything that the doctor asks of the computer that it is on; passed in, so that a test can plant any fault. */
export interface Surroundings {
  readonly now: () => Date;
  readonly version: string;
  /** Operating system and processor, as a person names them. */
  readonly system: string;
  /** What runs it: in the station Electron, which brings its own Node. */
  readonly runtime: Runtime;
  /** A desk has windows, a keychain and paper; a command line needs none of them. */
  readonly role: 'desk' | 'commandLine';
  /** The sandbox: what would be asked of a production is only said. */
  readonly trial: boolean;
  /** Folders with data of the product, whether they exist yet or not. */
  readonly dataDirectories: readonly string[];
  /** PEM of certificates that are set, with those above them where they stand in one text. */
  readonly certificates: readonly string[];
  /** PEM of the roots of the settings; those that a sandbox brings come with it. */
  readonly anchors: string;
  /** Time-stamp authorities of the settings; that of the service is asked too. */
  readonly timestampUrls: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * Opens the way to the signature service for as long as `use` takes.
   * @throws OssError OSS_DATA_IN_USE where a program that runs has the embedded one
   */
  reach<T>(use: (access: TestedAccess) => Promise<T>): Promise<T>;
  /** Where secrets are kept. */
  secrets(): Promise<GateView['secrets']>;
  /** Whether another program holds the data in this folder, which exists. @throws OssError OSS_FOLDER_UNUSABLE */
  isInUse(folder: string): Promise<boolean>;
  /** Bytes that this account may still write at a path that exists. */
  room(path: string): Promise<number>;
  displays(): Promise<number>;
  printers(): Promise<number>;
}
