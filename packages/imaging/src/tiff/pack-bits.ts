/** PackBits of TIFF 6.0, section 9. Writes at most `out.length` bytes and returns how many were written. */
export function unpackPackBits(packed: Uint8Array, out: Uint8Array): number {
  let written = 0;
  for (let at = 0; at < packed.length && written < out.length; ) {
    const head = packed[at++]!;
    if (head === 128) continue;
    if (head < 128) {
      const length = Math.min(head + 1, packed.length - at, out.length - written);
      for (let i = 0; i < length; i++) out[written++] = packed[at + i]!;
      at += head + 1;
    } else if (at < packed.length) {
      const length = Math.min(257 - head, out.length - written);
      out.fill(packed[at++]!, written, written + length);
      written += length;
    }
  }
  return written;
}
