/** Castagnoli's polynomial, reflected (RFC 3720, appendix B.4). */
const polynomial = 0x82f63b78;

const table = new Uint32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
  table[byte] = rest;
}

/** CRC-32C of `data`, going on from `previous`. */
export function crc32c(data: Uint8Array, previous = 0): number {
  let rest = ~previous;
  for (let i = 0; i < data.length; i += 1) rest = (rest >>> 8) ^ table[(rest ^ data[i]!) & 0xff]!;
  return ~rest >>> 0;
}
