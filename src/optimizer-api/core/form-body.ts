import { type ZodType, z } from 'zod';
import { fieldsOf } from '../../contract/refused-fields.ts';
import { Refusal } from './refusal.ts';

/**
 * A body against its schema. No body is an empty one: what is missing is said field by field. So is a field that
 * is `null`: that is how clients write what they leave out.
 * @throws Refusal 400 naming the fields that have the wrong shape
 */
export function parseForm<T>(schema: ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(withoutNull(body ?? {}));
  if (parsed.success) return parsed.data;
  throw new Refusal(400, `Invalid parameters: ${fieldsOf(parsed.error).join('; ')}`, {
    cause: new z.ZodError(parsed.error.issues),
  });
}

const withoutNull = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))
    : body;
