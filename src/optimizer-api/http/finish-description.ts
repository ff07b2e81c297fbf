interface Operation {
  readonly responses?: Readonly<Record<string, unknown>>;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
}

type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/**
 * What the generator cannot say of single routes: a body that asks for nothing may be absent, and refusals of one
 * status read the same at every call of a dialect, so they are said once and referred to everywhere.
 */
export function finished(description: object): Record<string, unknown> {
  const { paths, components, ...rest } = structuredClone(description) as {
    paths: Paths;
    components?: Record<string, unknown>;
  };
  const shared: Record<string, unknown> = {};
  const finish = (path: string, operation: Operation): Operation => ({
    ...operation,
    ...(operation.requestBody === undefined ? {} : { requestBody: asNeeded(operation.requestBody) }),
    responses: withoutRepetition(operation, path.startsWith('/oneshot/') ? 'newer' : 'classic', shared),
  });
  const finishedPaths = mapValues(paths, (methods, path) =>
    mapValues(methods, (operation) => finish(path, operation)),
  );
  return { ...rest, components: { ...components, responses: shared }, paths: finishedPaths };
}

function asNeeded(body: NonNullable<Operation['requestBody']>): NonNullable<Operation['requestBody']> {
  const asksForSomething = Object.values(body.content).some(
    ({ schema }) => 'required' in schema || 'minProperties' in schema,
  );
  return { ...body, required: asksForSomething } as NonNullable<Operation['requestBody']>;
}

function withoutRepetition(
  { responses = {} }: Operation,
  dialect: string,
  shared: Record<string, unknown>,
): Record<string, unknown> {
  return mapValues(responses, (response, status) => {
    if (Number(status) < 400) return response;
    const name = `${dialect}${status}`;
    shared[name] = response;
    return { $ref: `#/components/responses/${name}` };
  });
}

const mapValues = <T, R>(
  record: Readonly<Record<string, T>>,
  change: (value: T, key: string) => R,
): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
