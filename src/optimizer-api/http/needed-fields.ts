interface Described {
  type?: unknown;
  format?: unknown;
  needed?: unknown;
  minLength?: number;
  properties?: Record<string, Described>;
  required?: string[];
}

/**
 * Writes `required` where our schemas say `needed` (contract/optimizer-api/lenient.ts), in place and at any depth.
 * An empty text counts as missing.
 */
export function requireWhatIsNeeded(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null) return;
  const { properties = {} } = schema as Described;
  const needed = Object.entries(properties).filter(([, field]) => field.needed === true);
  for (const [, field] of needed) {
    delete field.needed;
    if ([field.type].flat().includes('string') && field.format === undefined) field.minLength = 1;
  }
  if (needed.length > 0) {
    const described = schema as Described;
    described.required = [...(described.required ?? []), ...needed.map(([name]) => name)];
  }
  for (const part of Object.values(schema)) requireWhatIsNeeded(part);
}
