import { z } from 'zod';
import {
  createVideoFormSchema,
  evidencesFormSchema,
  officerDecisionFormSchema,
  refusalFormSchema,
  uploadVideoFormSchema,
  videoViewSchema,
} from '../../contract/optimizer-api/index.ts';
import { changeRequest } from '../core/change-request.ts';
import { Refusal } from '../core/refusal.ts';
import { requestNamed } from '../core/request-lookup.ts';
import {
  approveVideo,
  createVideoRequest,
  refuseVideo,
  storeEvidences,
  storeVideo,
  validateVideo,
} from '../core/video-identification.ts';
import { type ApiRoute, SERVICE_REFUSALS } from './route.ts';

const approve: ApiRoute = {
  name: 'approve',
  method: 'POST',
  classic: ['/request/:pk/approve', '/requests/:pk/approve', '/videoid/:pk/approve'],
  newer: ['/videoid/:pk/approve', '/request/:pk/approve', '/requests/:pk/approve'],
  tag: 'video identification',
  summary: 'The officer approves what was identified',
  body: { media: ['application/json'], classic: officerDecisionFormSchema },
  success: { status: 200, classic: z.string() },
  refusals: [400, 403, 404, 412, ...SERVICE_REFUSALS],
  async handle(core, { params, body }) {
    const named = () => requestNamed(core, params.pk, () => 'Request not found');
    await changeRequest(core, named().pk, () => approveVideo(core, named(), body));
    return { text: 'Request approved successfully' };
  },
};

const createVideo: ApiRoute = {
  name: 'createVideo',
  method: 'POST',
  classic: ['/videoid'],
  newer: ['/videoid'],
  tag: 'video identification',
  summary:
    'A request whose evidence comes from your own video identification. A hosted video session is not offered: the link is empty',
  body: { media: ['application/json'], classic: createVideoFormSchema },
  success: {
    status: 200,
    classic: videoViewSchema,
    misspelt: true,
    names: { pk: { classic: '/request_pk', newer: '/request_pk' } },
  },
  refusals: [400],
  async handle(core, { dialect, body }) {
    const created = await createVideoRequest(core, dialect, body);
    return { value: created, message: `VideoID created with pk ${created.videoid_pk}` };
  },
};

const downloadVideo: ApiRoute = {
  name: 'downloadVideo',
  method: 'GET',
  classic: ['/videoid/:pk/download/video'],
  newer: ['/videoid/:pk/download/video'],
  tag: 'video identification',
  summary: 'The video of an identification',
  success: { mediaTypes: ['video/mp4'] },
  refusals: [404],
  async handle(core, { params }) {
    const gone = 'Request not found';
    const { pk, video } = requestNamed(core, params.pk, () => gone);
    if (!video?.video) throw new Refusal(404, gone);
    return { gone, path: core.files.videoPath(pk), mediaType: 'video/mp4', filename: `${pk}.mp4` };
  },
};

const refuse: ApiRoute = {
  name: 'refuse',
  method: 'POST',
  classic: ['/videoid/:pk/refuse'],
  newer: ['/videoid/:pk/refuse'],
  tag: 'video identification',
  summary: 'The officer refuses what was identified',
  body: { media: ['application/json'], classic: refusalFormSchema },
  success: { status: 200, classic: z.string() },
  refusals: [400, 403, 404, 412, ...SERVICE_REFUSALS],
  async handle(core, { params, body }) {
    const named = () => requestNamed(core, params.pk, () => 'Request not found');
    await changeRequest(core, named().pk, () => refuseVideo(core, named(), body));
    return { text: 'Videoid refuse completed' };
  },
};

const uploadEvidences: ApiRoute = {
  name: 'uploadEvidences',
  method: 'POST',
  classic: ['/videoid/:pk/evidences'],
  newer: ['/videoid/:pk/evidences'],
  tag: 'video identification',
  summary: 'Keeps the evidence of an identification; it stays on this machine',
  // Four pictures in base64.
  body: { media: ['application/json'], classic: evidencesFormSchema, maxBytes: 64 * 1024 * 1024 },
  success: { status: 200, classic: z.string() },
  refusals: [400, 404, 412, 413],
  async handle(core, { params, body }) {
    const named = () => requestNamed(core, params.pk, () => 'Request not found');
    await changeRequest(core, named().pk, () => storeEvidences(core, named(), body));
    return { text: 'Videoid evidences uploaded' };
  },
};

const uploadVideo: ApiRoute = {
  name: 'uploadVideo',
  method: 'POST',
  classic: ['/videoid/:pk/evidences/video', '/videoid/:pk/video'],
  newer: ['/videoid/:pk/video', '/videoid/:pk/evidences/video'],
  tag: 'video identification',
  summary: 'Keeps the video of an identification (MP4); it stays on this machine',
  body: { media: ['multipart/form-data'], classic: uploadVideoFormSchema },
  success: { status: 200, classic: z.string() },
  refusals: [400, 404, 412, 413, 415],
  async handle(core, call) {
    const named = () => requestNamed(core, call.params.pk, () => 'Request not found');
    const { pk } = named();
    const form = await call.form({ fileBytes: core.policy.maxFileBytes, files: 1 });
    await changeRequest(core, pk, () => storeVideo(core, named(), form));
    return { text: 'Videoid video upload completed' };
  },
};

const validate: ApiRoute = {
  name: 'validate',
  method: 'POST',
  classic: ['/videoid/:pk/validate'],
  newer: ['/videoid/:pk/validate'],
  tag: 'video identification',
  summary: 'First step of the older mode with two steps; `approve` is the second',
  body: { media: ['application/json'], classic: officerDecisionFormSchema },
  success: { status: 200, classic: z.string() },
  refusals: [400, 403, 404, 412, ...SERVICE_REFUSALS],
  async handle(core, { params, body }) {
    const named = () => requestNamed(core, params.pk, () => 'Request not found');
    await changeRequest(core, named().pk, () => validateVideo(core, named(), body));
    return { text: 'Videoid validated' };
  },
};

/** Calls below video. */
export const VIDEO_ROUTES: readonly ApiRoute[] = [
  approve,
  createVideo,
  downloadVideo,
  refuse,
  uploadEvidences,
  uploadVideo,
  validate,
];
