export { type CompareVersionsInput, compareVersions, notDrawn } from './compare-versions.ts';
export { type DrawnVersions, type DrawVersionsInput, drawVersions } from './draw-versions.ts';
export { signaturesToCompare, withSecondEye } from './with-second-eye.ts';
