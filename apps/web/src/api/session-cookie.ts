/**
 * Cookies by which the API knows who asks: a session's token and its signed copy, with the prefix of HTTPS or without,
 * and a reviewer's link.
 */
const SESSION_COOKIE = /^((__Secure-)?cellmixer\.session_(token|data(\.\d+)?)|cellmixer_reviewer)$/;

/** Those cookies out of a request's, as a `cookie` header; all others stay with the portal. */
export function sessionCookie(cookies: readonly { readonly name: string; readonly value: string }[]): string {
  return cookies
    .filter(({ name }) => SESSION_COOKIE.test(name))
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join('; ');
}
