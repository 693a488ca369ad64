/** The kinds of error that a mutation can answer with; each is a type of the schema. */
export const userErrorTypes = [
  'ValidationError',
  'NotFoundError',
  'ForbiddenError',
  'ConflictError',
  'QuotaError',
] as const;
export type UserErrorType = (typeof userErrorTypes)[number];

/** A request that cannot be fulfilled, by the asker's doing. Codes are NOUN_PROBLEM. */
export class RequestError extends Error {
  readonly type: UserErrorType;
  readonly code: string;
  readonly cure: string | null;
  readonly subject: string | null;

  constructor(
    type: UserErrorType,
    code: string,
    message: string,
    details: { readonly cure?: string | undefined; readonly subject?: string | undefined } = {},
  ) {
    super(message);
    this.name = 'RequestError';
    this.type = type;
    this.code = code;
    this.cure = details.cure ?? null;
    this.subject = details.subject ?? null;
  }
}
