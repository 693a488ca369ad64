/**
 * Arrays that worker threads can read without copying. Where there is no SharedArrayBuffer (a browser page that
 * is not isolated) they are plain ones.
 */
function bytes(length: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(length) : new SharedArrayBuffer(length);
}

export function sharedFloats(length: number): Float32Array {
  return new Float32Array(bytes(4 * length));
}

export function sharedInts(length: number): Int32Array {
  return new Int32Array(bytes(4 * length));
}

export function sharedShorts(length: number): Uint16Array {
  return new Uint16Array(bytes(2 * length));
}

export function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(bytes(length));
}
