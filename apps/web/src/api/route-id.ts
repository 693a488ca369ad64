/** A node's id as a part of a path: base64 with the two letters and without the padding that addresses do not like. */
export function routeId(id: string): string {
  return id.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The node's id that a part of a path stands for. */
export function nodeId(part: string): string {
  const text = part.replaceAll('-', '+').replaceAll('_', '/');
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}
