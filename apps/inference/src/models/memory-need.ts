/**
 * About how much memory a network takes while it is open, in bytes.
 *
 * Measured with onnxruntime 1.30 on the three presets (`fast`, `balanced`, `accurate`; 256², 512² and several pictures
 * at once): a lane holds four times the file for the weights, in its own order and layout, and its arena keeps what the
 * largest run needed: 260 to 560 bytes a pixel, which grows with the network's width and so with the root of the file's
 * size. The formula is within a third of what was measured.
 *
 * @param fileBytes size of the ONNX file
 * @param lanes threads that each hold a session of it
 * @param pixels of the largest run so far, over all pictures of that run
 */
export function memoryNeed(fileBytes: number, lanes: number, pixels: number): number {
  const arena = pixels * (160 + 0.14 * Math.sqrt(fileBytes));
  return Math.round(fileBytes + lanes * (4 * fileBytes + arena));
}
