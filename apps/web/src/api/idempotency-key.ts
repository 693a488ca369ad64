/** The variables of a mutation with an idempotency key in their `input`. */
export function withKey<Variables extends Record<string, unknown>>(
  variables: Variables,
  key: string,
): Variables {
  return { ...variables, input: { ...(variables.input as object), idempotencyKey: key } };
}

/** A UUID also where the page has come over plain HTTP, where `crypto.randomUUID` is not to be had. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
