/** Keeps in a cookie which lab the pages show. They must be read again afterwards. */
export function chooseLab(id: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not to be had over plain HTTP
  document.cookie = `cellmixer.lab=${encodeURIComponent(id)}; path=/; max-age=${400 * 24 * 3600}; samesite=lax`;
}
