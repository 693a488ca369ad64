/** What the numbers of a picture are. */
export type SampleKind = 'uint8' | 'uint16' | 'uint32' | 'int8' | 'int16' | 'int32' | 'float32' | 'float64';

export type Samples =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

const arrays = {
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** TIFF's SampleFormat (1 unsigned, 2 signed, 3 floating point) and bits; null where it is nothing that we show. */
export function kindOf(format: number, bits: number): SampleKind | null {
  const name = `${{ 1: 'uint', 2: 'int', 3: 'float' }[format] ?? '?'}${bits}`;
  return name in arrays ? (name as SampleKind) : null;
}

/** The bytes as numbers of that kind; as many zeros if only their count is given. */
export function samplesOf(kind: SampleKind, from: ArrayBuffer | number): Samples {
  const Type = arrays[kind];
  return typeof from === 'number' ? new Type(from) : new Type(from);
}
