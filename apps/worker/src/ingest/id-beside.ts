/**
 * The id that stands `steps` below a given one: so time points of a file stand side by side in every list, the first of
 * them first where what is newest comes first, and are the same ones at every attempt. Ids of version 7 end with 62
 * random bits, so that nobody else has these.
 */
export function idBeside(id: string, steps: number): string {
  const number = BigInt(`0x${id.replaceAll('-', '')}`) - BigInt(steps);
  const digits = number.toString(16).padStart(32, '0');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
