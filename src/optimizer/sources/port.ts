/** What the Optimizer needs from outside for a long-term level. Everything they answer is untrusted until verified. */

/** An RFC 3161 time-stamp authority. */
export interface TimestampAuthority {
  readonly url: string;
  /** DER TimeStampReq in, DER TimeStampResp out. @throws OssError OSS_SOURCE_FAILED */
  query(request: Uint8Array): Promise<Uint8Array>;
}

/** Addresses that certificates name: CRL, OCSP, certificates of authorities. @throws OssError OSS_SOURCE_FAILED */
export interface ValidationDataSource {
  crl(url: string): Promise<Uint8Array>;
  /** DER OCSPRequest in, DER OCSPResponse out. */
  ocsp(url: string, request: Uint8Array): Promise<Uint8Array>;
  /** One DER certificate (RFC 5280 §4.2.2.1). */
  certificate(url: string): Promise<Uint8Array>;
}
