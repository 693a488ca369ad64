/** A part of the address space and the server behind it. */
export interface Route {
  /** `/graphql` means that path and all below it; `/` means everything that no longer prefix takes. */
  readonly prefix: string;
  /** The origin of the server behind it, or null while it is not ready. */
  readonly upstream: () => string | null;
}

/** The route with the longest prefix of a path; undefined where none takes it. */
export function findRoute(routes: readonly Route[], path: string): Route | undefined {
  return routes
    .filter(({ prefix }) => prefix === '/' || path === prefix || path.startsWith(`${prefix}/`))
    .sort((one, other) => other.prefix.length - one.prefix.length)[0];
}
