import { getDecoder } from 'geotiff';

/** What geotiff's pool sends and expects. */
interface Job {
  readonly jobId: number;
  readonly compression: number;
  readonly decoderParameters: Parameters<typeof getDecoder>[1];
  readonly buffer: ArrayBuffer;
}

// Undoes a tile's compression and predictor beside the page's own thread.
addEventListener('message', async ({ data }: MessageEvent<Job>) => {
  const { jobId, compression, decoderParameters, buffer } = data;
  try {
    const decoder = await getDecoder(compression, decoderParameters);
    const decoded = (await decoder.decode(buffer)) as ArrayBuffer;
    postMessage({ jobId, decoded }, { transfer: [decoded] });
  } catch (error) {
    postMessage({ jobId, error: error instanceof Error ? error.message : String(error) });
  }
});
