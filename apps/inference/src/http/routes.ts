/** What a request asks for. */
export type RouteName =
  | 'live'
  | 'ready'
  | 'server'
  | 'metrics'
  | 'metadata'
  | 'modelReady'
  | 'infer'
  | 'index'
  | 'load'
  | 'unload';

export interface Route {
  readonly name: RouteName;
  /** From the path; empty where the route has none. */
  readonly model: string;
  readonly version: string | undefined;
}

const model = '/v2/models/:model';
const version = `${model}/versions/:version`;

const table: readonly (readonly [method: string, path: string, name: RouteName])[] = [
  ['GET', '/healthz', 'live'],
  ['GET', '/v2/health/live', 'live'],
  ['GET', '/readyz', 'ready'],
  ['GET', '/v2/health/ready', 'ready'],
  ['GET', '/metrics', 'metrics'],
  ['GET', '/v2', 'server'],
  ['GET', model, 'metadata'],
  ['GET', version, 'metadata'],
  ['GET', `${model}/ready`, 'modelReady'],
  ['GET', `${version}/ready`, 'modelReady'],
  ['POST', `${model}/infer`, 'infer'],
  ['POST', `${version}/infer`, 'infer'],
  ['POST', '/v2/repository/index', 'index'],
  ['POST', '/v2/repository/models/:model/load', 'load'],
  ['POST', '/v2/repository/models/:model/unload', 'unload'],
];

const patterns = table.map(([method, path, name]) => ({ method, name, steps: path.slice(1).split('/') }));

/**
 * Finds what a path asks for.
 *
 * @returns the route; the methods that the path takes, where it is another one; undefined for an unknown path
 */
export function findRoute(method: string, path: string): Route | { readonly allow: string } | undefined {
  const steps = decodeSteps(path);
  const fitting = patterns.filter((pattern) => steps !== undefined && fits(pattern.steps, steps));
  if (steps === undefined || fitting.length === 0) return undefined;
  const pattern = fitting.find((one) => one.method === method);
  if (pattern === undefined) return { allow: [...new Set(fitting.map((one) => one.method))].join(', ') };
  const stepAt = (name: string) => {
    const at = pattern.steps.indexOf(name);
    return at < 0 ? undefined : steps[at];
  };
  return { name: pattern.name, model: stepAt(':model') ?? '', version: stepAt(':version') };
}

function fits(pattern: readonly string[], steps: readonly string[]): boolean {
  return (
    pattern.length === steps.length &&
    pattern.every((step, i) => (step.startsWith(':') ? steps[i] !== '' : step === steps[i]))
  );
}

function decodeSteps(path: string): string[] | undefined {
  const plain = path.replace(/[?#].*$/, '').replace(/\/$/, '');
  try {
    return plain.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
