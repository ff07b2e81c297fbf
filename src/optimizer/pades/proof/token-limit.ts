/** Time-stamp tokens of one signature that are looked at: one is usual, two exist, more are a way to keep us busy. */
export const MAX_TOKENS = 16;
