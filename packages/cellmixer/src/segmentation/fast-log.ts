/**
 * Natural logarithms of float32 values by their upper 16 bits (relative error of the value at most 2⁻⁹), the same
 * on every machine: index with `bits >>> 15` of a non-negative float, where `bits` comes from a Uint32Array on the
 * same buffer. Values below `floor` count as `floor`.
 */
export function logTable(floor: number): Float32Array {
  const table = new Float32Array(65536);
  const bits = new Uint32Array(1);
  const value = new Float32Array(bits.buffer);
  for (let i = 0; i < table.length; i++) {
    bits[0] = (i << 15) | (1 << 14);
    const middle = value[0]!;
    table[i] = Math.log(Number.isFinite(middle) ? Math.min(1, Math.max(floor, middle)) : 1);
  }
  return table;
}
