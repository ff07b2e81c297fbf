/** DigestInfo of SHA-256 in front of the digest (RFC 8017 §9.2, note 1). */
export const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');
