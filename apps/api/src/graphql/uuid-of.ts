import { isUuid } from './node.ts';

/** An id that belongs to nothing. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A global id's part that is ours, fit for SQL: what is no UUID is nobody's. */
export function uuidOf({ id }: { readonly id: string }): string {
  return isUuid(id) ? id : NOBODY;
}
