import { z } from 'zod';

/** Algorithms of single-use keys; the digest is SHA-256 throughout (TS 119 312). */
export const KEY_ALGORITHMS = Object.freeze(['ecdsa-p256', 'rsa-2048', 'rsa-3072', 'rsa-4096'] as const);
export const keyAlgorithmSchema = z.enum(KEY_ALGORITHMS);
export type KeyAlgorithm = z.infer<typeof keyAlgorithmSchema>;
