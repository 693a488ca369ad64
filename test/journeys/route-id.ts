/** An id of the API as it stands in addresses. */
export function routeId(id: string): string {
  return id.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
