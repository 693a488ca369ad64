/** A `UserError` of the API: why something was not done, and what to do about it. */
export interface Problem {
  /** NOUN_PROBLEM. */
  readonly code: string;
  readonly message: string;
  readonly cure: string | null;
  /** The field, file or thing at fault. */
  readonly subject: string | null;
}
