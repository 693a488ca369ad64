/**
 * Why the API did not answer. `digest` is the code: of an error of the server Next gives browsers nothing but its
 * digest, and `error.tsx` finds its words by it.
 */
export class ApiError extends Error {
  readonly digest: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.digest = code;
  }
}
