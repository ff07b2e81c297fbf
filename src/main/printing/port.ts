/** A file to be put on paper. */
export interface PrintJob {
  readonly path: string;
  readonly bytes: number;
}

export interface Printer {
  /**
   * Shows the system's print dialog. @returns false where the person closed it
   * @throws OssError OSS_PRINT_FAILED
   */
  print(job: PrintJob): Promise<boolean>;
}
