import { getDecoder } from 'geotiff';
import type { DecodeJob, DecodeResult } from './decode-job.ts';

addEventListener('message', async ({ data }: MessageEvent<DecodeJob>) => {
  const { id, compression, predictor, side, samples, bits, packed } = data;
  const answer = (result: DecodeResult, transfer: ArrayBuffer[] = []): void =>
    postMessage(result, { transfer });
  try {
    const decoder = await getDecoder(compression, {
      tileWidth: side,
      tileHeight: side,
      predictor,
      samplesPerPixel: samples,
      bitsPerSample: Array.from({ length: samples }, () => bits),
      planarConfiguration: 1,
    });
    const decoded = (await decoder.decode(packed)) as ArrayBuffer;
    answer({ id, decoded }, [decoded]);
  } catch (error) {
    answer({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
