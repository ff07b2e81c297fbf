/**
 * The DER request in the path of an OCSP GET (RFC 6960 Appendix A.1): base64, percent-encoded. Undefined if the path
 * is neither, which the caller answers as a malformed request.
 */
export function requestOfPath(encoded: string): Uint8Array | undefined {
  try {
    const base64 = decodeURIComponent(encoded);
    return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : undefined;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
