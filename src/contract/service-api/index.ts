export * from './error-response.ts';
export * from './info.ts';
export * from './otp.ts';
export * from './process.ts';
export * from './requests.ts';
export * from './seals.ts';
export * from './sign.ts';
export * from './tokens.ts';
