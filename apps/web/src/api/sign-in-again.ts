/** Whoever's session has ended signs in and comes back to this page. */
export function signInAgain(): void {
  location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
}
