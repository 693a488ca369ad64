const clearCode = 256;
const endCode = 257;

/**
 * LZW of TIFF 6.0, section 13: most significant bit first, codes of 9 to 12 bits, widened one code early.
 * Writes at most `out.length` bytes and returns how many were written; stops at the first impossible code.
 */
export function unpackLzw(packed: Uint8Array, out: Uint8Array): number {
  // An entry is a run of bytes that has already been written: where it begins, and how long it is.
  const begins = new Uint32Array(4097);
  const lengths = new Uint32Array(4097);
  let next = 258;
  let width = 9;
  let bits = 0;
  let held = 0;
  let at = 0;
  let written = 0;
  let previousBegin = 0;
  let previousLength = 0;
  for (;;) {
    while (held < width) {
      if (at >= packed.length) return written;
      bits = ((bits << 8) | packed[at++]!) & 0xffffff;
      held += 8;
    }
    held -= width;
    const code = (bits >> held) & ((1 << width) - 1);
    if (code === endCode) return written;
    if (code === clearCode) {
      next = 258;
      width = 9;
      previousLength = 0;
      continue;
    }
    const begin = written;
    let length = 1;
    if (code < 256) {
      if (written === out.length) return written;
      out[written++] = code;
    } else {
      // The code that is about to be made is allowed: the previous run and its own first byte.
      if (code > next || previousLength === 0 || (code === next && next > 4095)) return written;
      const from = code === next ? previousBegin : begins[code]!;
      length = code === next ? previousLength + 1 : lengths[code]!;
      const end = Math.min(written + length, out.length);
      for (let source = from; written < end; source++) out[written++] = out[source]!;
      if (written - begin < length) return written;
    }
    if (previousLength > 0 && next < 4096) {
      begins[next] = previousBegin;
      lengths[next] = previousLength + 1;
      next++;
      if (next >= (1 << width) - 1 && width < 12) width++;
    }
    previousBegin = begin;
    previousLength = length;
  }
}
