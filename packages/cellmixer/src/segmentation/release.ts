/**
 * Gives the memory of arrays that nobody will read again back at once. Left to the garbage collector, the megabytes of
 * every tile make it mark the whole heap again and again, which cost as much as cutting the cells itself. Views of
 * a part of a buffer and shared memory are left alone.
 */
export function release(...arrays: readonly (Float32Array | Int32Array | Uint8Array)[]): void {
  for (const { buffer, byteLength } of arrays) {
    if (buffer instanceof ArrayBuffer && !buffer.detached && byteLength === buffer.byteLength)
      buffer.transfer(0);
  }
}
