import type { ApiRoute } from '../routes/route.ts';
import type { DialectName } from '../store/records.ts';

interface Link {
  readonly operationId: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The calls that go on with what a response names (OpenAPI 3.1 §4.8.20), by status and name. A `pk` leads to every
 * call that needs nothing else; other names mean something within their own group only.
 */
export function linksOf(
  route: ApiRoute,
  dialect: DialectName,
  routes: readonly ApiRoute[],
): Record<string, Record<string, Link>> {
  if (!('names' in route.success) || route.success.names === undefined) return {};
  const { status, names } = route.success;
  const known: Record<string, string> = {
    ...Object.fromEntries(parametersOf(route, dialect).map((name) => [name, `$request.path.${name}`])),
    ...Object.fromEntries(
      Object.entries(names).map(([name, at]) => [name, `$response.body#/details${at[dialect]}`]),
    ),
    type: 'original',
  };
  const links = routes.flatMap((target): [string, Link][] => {
    const wanted = parametersOf(target, dialect);
    const isNamed = wanted.some((name) => name in names);
    const isMeant = target.tag === route.tag || wanted.every((name) => name === 'pk');
    if (!isNamed || !isMeant || !wanted.every((name) => name in known)) return [];
    const parameters = Object.fromEntries(wanted.map((name) => [name, known[name] ?? '']));
    return [[target.name, { operationId: operationIdOf(target, dialect), parameters }]];
  });
  return { [status]: Object.fromEntries(links) };
}

const parametersOf = (route: ApiRoute, dialect: DialectName): string[] =>
  [...(route[dialect][0] ?? '').matchAll(/:(\w+)/g)].map(([, name = '']) => name);

/** Unique in the description, and the name of the method in generated clients. */
export const operationIdOf = ({ name }: ApiRoute, dialect: DialectName): string =>
  dialect === 'classic' ? name : `newer_${name}`;
