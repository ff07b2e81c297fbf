/** Everything that looks into a document, by name. What goes in and comes out survives structured cloning. */
import type { VisibleSignature } from '../../contract/model/appearance.ts';
import type { SignableInspection } from '../../contract/model/file-inspection.ts';
import type { Placement } from '../../contract/model/placement.ts';
import type { KeptList } from '../../contract/model/trusted-lists.ts';
import type { DrawnDifferences, VerificationReport } from '../../contract/model/verification.ts';
import type { AppearancePreview, SignatureUpdate } from '../../pdf/index.ts';
import type { AppearanceValues } from '../appearance/fill-variables.ts';
import { type PageTurn, previewAppearance } from '../appearance/preview-appearance.ts';
import { type UnpackInput, unpackContainer } from '../containers/unpack-container.ts';
import { verifyContainer } from '../containers/verify-container.ts';
import { type FileAccess, type LocatedSignature, locateSignature } from '../locate-signature.ts';
import { byteRangeDigests } from '../pades/byte-range-digests.ts';
import { type PlaceholderOptions, planSignaturePlaceholder } from '../pades/prepare-document.ts';
import { verifyFile } from '../pades/verify-file.ts';
import { type Examination, examineFile } from '../preflight/examine-document.ts';
import { inspectFile, readSignableFacts, type SignableFacts } from '../preflight/inspect-file.ts';
import type { ExamineOptions } from '../preflight/open-for-signing.ts';
import { type SecondLook, type SecondLookInput, secondLook } from '../rendering/second-renderer.ts';
import {
  type CompareVersionsInput,
  compareVersions,
  type DrawnVersions,
  type DrawVersionsInput,
  drawVersions,
} from '../second-eye/index.ts';
import {
  type DescribedListOfLists,
  type DescribeInput,
  type DescribeNationalInput,
  describeListOfLists,
} from '../trusted-lists/describe-lists.ts';
import type { TrustedListsInput } from '../trusted-lists/lists-folder.ts';
import { TrustedLists } from '../trusted-lists/trusted-lists.ts';
import { type AugmentInput, augmentInWork } from './augment-job.ts';
import { certificates, typefacesAt } from './kept.ts';
import { trustedListsAt } from './kept-lists.ts';
import type { JobTools } from './run-options.ts';

type FileInput = ExamineOptions & { readonly path: string };

interface Job<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}

export interface Jobs {
  readonly glance: Job<FileInput, SignableFacts>;
  readonly inspect: Job<FileInput, SignableInspection>;
  readonly examine: Job<FileInput, Examination>;
  readonly locate: Job<FileAccess & { readonly placement: Placement }, LocatedSignature | undefined>;
  readonly preview: Job<PreviewInput, AppearancePreview>;
  readonly prepare: Job<PlaceholderOptions & { readonly signatureFont: string }, SignatureUpdate>;
  readonly verify: Job<VerifyInput, VerificationReport>;
  readonly digests: Job<FileAccess, readonly string[]>;
  readonly augment: Job<AugmentInput, undefined>;
  readonly compareVersions: Job<CompareVersionsInput, readonly DrawnDifferences[]>;
  readonly drawVersions: Job<DrawVersionsInput, DrawnVersions>;
  readonly unpack: Job<UnpackInput, readonly string[]>;
  readonly describeListOfLists: Job<DescribeInput, DescribedListOfLists>;
  readonly describeNationalList: Job<DescribeNationalInput, KeptList>;
  readonly secondLook: Job<SecondLookInput, readonly SecondLook[]>;
}

interface PreviewInput {
  readonly visible: VisibleSignature;
  readonly values: AppearanceValues;
  readonly signatureFont: string;
  readonly page?: PageTurn;
}

interface VerifyInput extends FileAccess {
  /** DER of the roots. */
  readonly anchors: readonly Uint8Array[];
  readonly at: Date;
  readonly trustedLists?: TrustedListsInput;
  readonly evidenceRecord?: Uint8Array;
  readonly name?: string;
  readonly signedFile?: string;
}

export const JOBS: {
  readonly [Name in keyof Jobs]: (
    input: Jobs[Name]['input'],
    tools: JobTools,
  ) => Promise<Jobs[Name]['output']>;
} = {
  glance: ({ path, ...options }) => readSignableFacts(path, options),
  inspect: ({ path, ...options }) => inspectFile(path, options),
  examine: ({ path, ...options }) => examineFile(path, options),
  locate: ({ placement, ...file }) => locateSignature(file, placement),
  preview: ({ visible, signatureFont, ...options }) =>
    previewAppearance(visible, { ...options, typefaces: typefacesAt(signatureFont) }),
  prepare: ({ signatureFont, ...options }) => planSignaturePlaceholder(options, typefacesAt(signatureFont)),
  verify: async ({ path, anchors, trustedLists, ...given }, { signal, onBytes }) => {
    const options = {
      ...given,
      ...(trustedLists && { trustedLists: await trustedListsAt(trustedLists) }),
      anchors: anchors.map(certificates.read),
      certificates,
      ...(signal && { signal }),
      ...(onBytes && { onBytes }),
    };
    return (await verifyContainer(path, options)) ?? verifyFile(path, options);
  },
  digests: ({ path, password }) => byteRangeDigests(path, password),
  augment: augmentInWork,
  compareVersions,
  drawVersions,
  unpack: unpackContainer,
  describeListOfLists: async (input) => describeListOfLists(await trustedListsAt(input), input),
  describeNationalList: async ({ territory, at, beside, ...lists }) => {
    const { folder, pinned } = lists;
    const found = beside
      ? await TrustedLists.open(folder, pinned.map(certificates.read), beside)
      : await trustedListsAt(lists);
    return found.describe(territory, at);
  },
  secondLook,
};
