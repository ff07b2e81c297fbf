/** What a person chooses in the system's dialogs. Undefined: they chose nothing. */
export interface FileDialogs {
  chooseFile(kind: FileKind): Promise<string | undefined>;
  chooseTarget(suggestedName: string): Promise<string | undefined>;
}

/** Kinds of file that the administrator chooses, with their extensions. */
export const FILE_KINDS = Object.freeze({
  keyFile: ['p12', 'pfx'],
  certificates: ['pem', 'crt', 'cer', 'der'],
  picture: ['png'],
});
export type FileKind = keyof typeof FILE_KINDS;
