/** One file of a form: flushed to the disk, under a name of ours. */
export interface Upload {
  /** Name of the part. */
  readonly key: string;
  /** As the client called it, without folders. */
  readonly filename: string;
  readonly path: string;
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  /** The first bytes, for recognising what it is. */
  readonly head: Buffer;
}

export interface Form {
  readonly fields: Readonly<Record<string, string>>;
  readonly uploads: readonly Upload[];
}

export interface FormLimits {
  readonly fileBytes: number;
  readonly files: number;
}
