export { type CompareVersionsInput, compareVersions } from './compare-versions.ts';
export { signaturesToCompare, withSecondEye } from './with-second-eye.ts';
