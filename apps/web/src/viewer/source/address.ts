/** Where a picture or a map lies. */
export interface Address {
  /** Absolute; may expire. */
  readonly url: string;
  /** Gives a fresh address of the same bytes once the first has expired. Without it an expired address is a problem. */
  readonly renew?: () => Promise<string>;
}
