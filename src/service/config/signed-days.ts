/**
 * What is known of a signer is kept for at least seven years after the certificate has ended (EN 319 411-1
 * OVR-6.4.6-01); it ends within a day after the request.
 */
export const SIGNED_DAYS = 7 * 366;
