/** Where to go after signing in: a path of this portal, else home. Whatever names another host is not followed. */
export function wayBack(to: string | undefined): string {
  if (to === undefined || !/^\/(?![/\\])/.test(to)) return '/';
  const base = 'http://portal.invalid';
  const url = URL.canParse(to, base) ? new URL(to, base) : null;
  if (url === null || url.origin !== base || url.pathname === '/sign-in') return '/';
  return url.pathname + url.search + url.hash;
}
