import { type NamedOperation, type OpenApi, operationsOf } from './openapi-document.ts';

/** A collection for Postman (format 2.1): a folder for each group of calls, what changes as variables. */
export function postmanCollection(api: OpenApi): unknown {
  const folders = new Map<string, unknown[]>();
  for (const operation of operationsOf(api)) {
    const [tag] = operation.tags;
    folders.set(tag, [...(folders.get(tag) ?? []), itemOf(operation)]);
  }
  return {
    info: {
      name: api.info.title,
      description: api.info.description,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: {
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'x-api-key', type: 'string' },
        { key: 'value', value: '{{apiKey}}', type: 'string' },
        { key: 'in', value: 'header', type: 'string' },
      ],
    },
    variable: ['baseUrl', 'apiKey', 'pk', 'uid', 'token', 'id', 'type'].map((key) => ({
      key,
      value: { baseUrl: 'http://127.0.0.1:8095', type: 'signed' }[key] ?? '',
    })),
    item: [...folders].map(([name, item]) => ({ name, item })),
  };
}

function itemOf({ method, path, summary, parameters, requestBody }: NamedOperation): unknown {
  const written = path.replace(/\{(\w+)\}/g, '{{$1}}');
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const url = {
    raw: `{{baseUrl}}${written}`,
    host: ['{{baseUrl}}'],
    path: written.split('/').slice(1),
    ...(query.length === 0
      ? {}
      : { query: query.map(({ name }) => ({ key: name, value: '', disabled: true })) }),
  };
  return {
    name: `${method} ${path}`,
    request: { method, description: summary, url, ...bodyOf(requestBody), header: headersOf(requestBody) },
    response: [],
  };
}

type RequestBody = NamedOperation['requestBody'];

const headersOf = (body: RequestBody): unknown[] =>
  body && 'application/json' in body.content && !('multipart/form-data' in body.content)
    ? [{ key: 'Content-Type', value: 'application/json' }]
    : [];

function bodyOf(body: RequestBody): Record<string, unknown> {
  const [[media, { schema }] = ['', { schema: {} }]] = Object.entries(body?.content ?? {});
  const names = Object.keys(schema.properties ?? {});
  if (media === 'multipart/form-data') {
    const fields = names.map((key) => ({ key, value: key === 'token' ? '{{token}}' : '', type: 'text' }));
    return {
      body: { mode: 'formdata', formdata: names.length === 0 ? [{ key: 'file', type: 'file' }] : fields },
    };
  }
  if (media !== 'application/json') return {};
  const sample = Object.fromEntries(names.map((key) => [key, '']));
  return {
    body: { mode: 'raw', raw: JSON.stringify(sample, null, 2), options: { raw: { language: 'json' } } },
  };
}
