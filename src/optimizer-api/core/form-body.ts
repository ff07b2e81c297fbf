import { type ZodType, z } from 'zod';
import { Refusal } from './refusal.ts';

/**
 * A body against its schema. No body is an empty one: what is missing is said field by field. So is a field that
 * is `null`: that is how clients write what they leave out.
 * @throws Refusal 400 naming the fields that have the wrong shape
 */
export function parseForm<T>(schema: ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(withoutNull(body ?? {}));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => {
    const path = issue.path.join('.');
    return path === '' ? issue.message : `${path}: ${issue.message}`;
  });
  throw new Refusal(400, `Invalid parameters: ${fields.slice(0, 10).join('; ')}`, {
    cause: new z.ZodError(parsed.error.issues),
  });
}

const withoutNull = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))
    : body;
