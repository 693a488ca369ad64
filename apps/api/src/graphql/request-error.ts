/** The kinds of error that a mutation can answer with; each is a type of the schema. */
export const userErrorTypes = [
  'ValidationError',
  'NotFoundError',
  'ForbiddenError',
  'ConflictError',
  'QuotaError',
] as const;
export type UserErrorType = (typeof userErrorTypes)[number];

interface Details {
  readonly cure?: string | undefined;
  readonly subject?: string | undefined;
}

/** Why a request was not fulfilled, as a mutation answers it: a value, because GraphQL throws what is an Error. */
export class Problem {
  readonly type: UserErrorType;
  readonly code: string;
  readonly message: string;
  readonly cure: string | null;
  readonly subject: string | null;

  constructor({ type, code, message, cure, subject }: RequestError) {
    this.type = type;
    this.code = code;
    this.message = message;
    this.cure = cure;
    this.subject = subject;
  }
}

/** A request that cannot be fulfilled, by the asker's doing. Codes are NOUN_PROBLEM. */
export class RequestError extends Error {
  readonly type: UserErrorType;
  readonly code: string;
  readonly cure: string | null;
  readonly subject: string | null;

  constructor(type: UserErrorType, code: string, message: string, details: Details = {}) {
    super(message);
    this.name = 'RequestError';
    this.type = type;
    this.code = code;
    this.cure = details.cure ?? null;
    this.subject = details.subject ?? null;
  }
}
