import {
  type JsonSchema,
  type NamedOperation,
  type OpenApi,
  operationsOf,
  successOf,
} from './openapi-document.ts';

const HEAD = `// Generated from the OpenAPI description by \`npm run api\`; not to be edited.

/** Why a call was refused: the HTTP status, and what the Optimizer says of it. */
export class OptimizerError extends Error {
  readonly status: number;
  readonly details: unknown;

  constructor(status: number, details: unknown) {
    super(typeof details === 'string' ? details : JSON.stringify(details));
    this.name = 'OptimizerError';
    this.status = status;
    this.details = details;
  }
}

export interface OptimizerClientOptions {
  /** For example \`http://127.0.0.1:8095\`. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly fetch?: typeof fetch;
}

`;

const CLASS_HEAD = `export class OptimizerClient {
  readonly #options: OptimizerClientOptions;

  constructor(options: OptimizerClientOptions) {
    this.#options = options;
  }

`;

const CLASS_TAIL = `  async #json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = (await (await this.#send(method, path, body)).json()) as { details?: unknown };
    return answer.details as T;
  }

  async #file(method: string, path: string): Promise<Blob> {
    return (await this.#send(method, path)).blob();
  }

  async #send(method: string, path: string, body?: unknown): Promise<Response> {
    const { baseUrl, apiKey, fetch: send = fetch } = this.#options;
    const isForm = body instanceof FormData;
    const response = await send(new URL(path, baseUrl), {
      method,
      headers: {
        ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const text = await response.text();
    let details: unknown = text;
    try {
      details = (JSON.parse(text) as { details?: unknown }).details ?? text;
    } catch {
      // Not from the Optimizer but from something in between: its words are all there is.
    }
    throw new OptimizerError(response.status, details);
  }
}
`;

/** A typed client of the classic dialect: one method a call, the \`details\` of its response as result. */
export function typescriptClient(api: OpenApi): string {
  const methods = operationsOf(api)
    .filter(({ operationId }) => !operationId.startsWith('newer_'))
    .map(methodOf);
  return `${HEAD}${CLASS_HEAD}${methods.join('\n')}\n${CLASS_TAIL}`;
}

function methodOf(operation: NamedOperation): string {
  const { operationId, method, path, summary, parameters, requestBody } = operation;
  const names = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  const body = requestBody && bodyType(requestBody.content);
  const signature = [
    ...names.map((name) => `${name}: ${name === 'pk' ? 'number | string' : 'string'}`),
    ...(body === undefined ? [] : [`body${body.optional ? '?' : ''}: ${body.type}`]),
  ].join(', ');
  const address = `\`${path.replace(/\{(\w+)\}/g, (_, name) => `\${encodeURIComponent(${name})}`)}\``;
  const { media, schema } = successOf(operation);
  const isJson = media === 'application/json';
  const result = isJson ? typeOf(schema.properties?.details ?? {}) : 'Blob';
  const call = isJson
    ? `this.#json('${method}', ${address}${body === undefined ? '' : ', body'})`
    : `this.#file('${method}', ${address})`;
  return `  /** ${summary} */\n  ${operationId}(${signature}): Promise<${result}> {\n    return ${call};\n  }\n`;
}

function bodyType(content: NonNullable<NamedOperation['requestBody']>['content']) {
  const json = content['application/json'];
  const isForm = 'multipart/form-data' in content;
  const types = [...(json ? [typeOf(json.schema)] : []), ...(isForm ? ['FormData'] : [])];
  return { type: types.join(' | '), optional: !isForm && (json?.schema.required ?? []).length === 0 };
}

/** The TypeScript type of what a schema describes. */
function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' | ');
  const { type } = schema;
  if (typeof type === 'object')
    return [...new Set(type.map((one) => typeOf({ ...schema, type: one })))].join(' | ');
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(', ')}]`;
      return `readonly (${typeOf(typeof schema.items === 'object' ? schema.items : {})})[]`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

function objectType({ properties = {}, required = [], additionalProperties }: JsonSchema): string {
  const members = Object.entries(properties).map(
    ([name, schema]) => `readonly ${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  );
  const isOpen = additionalProperties !== false;
  const more = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown';
  if (members.length === 0)
    return isOpen ? `Readonly<Record<string, ${more}>>` : 'Readonly<Record<string, never>>';
  return `{ ${members.join('; ')}${isOpen && more === 'unknown' ? '; readonly [key: string]: unknown' : ''} }`;
}
