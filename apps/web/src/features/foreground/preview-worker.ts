import {
  type Background,
  foregroundParametersSchema,
  makeMask,
  measureBackground,
} from '@cellmixer/cellmixer/foreground';
import type { NativePicture, PreviewAnswer, PreviewRequest } from './preview-messages.ts';

/** Light, noise and background of the picture: measured once, then masks are cheap. */
let background: Background | null = null;

addEventListener('message', ({ data: request }: MessageEvent<PreviewRequest>) => {
  try {
    if (request.kind === 'open') {
      const { feature, deviationSigma } = foregroundParametersSchema.parse(request.parameters);
      const modality = modalityOf(request.light);
      background = measureBackground(floatsOf(request.picture), { modality, feature, deviationSigma });
      answer({ kind: 'opened' });
      return;
    }
    if (background === null) throw new Error('no picture has been opened');
    const { id, region } = request;
    const parameters = foregroundParametersSchema.parse(request.parameters);
    const { mask, trimap, quality } = makeMask(background, parameters, region);
    const [inside, decided] = [Uint8Array.from(mask.data), Uint8Array.from(trimap.data)];
    const { coverage, confluent } = quality;
    answer({ kind: 'mask', id, region, mask: inside, trimap: decided, coverage, confluent }, [
      inside.buffer,
      decided.buffer,
    ]);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    answer({ kind: 'problem', id: request.kind === 'mask' ? request.id : null, message });
  }
});

function answer(words: PreviewAnswer, transfer: ArrayBuffer[] = []): void {
  postMessage(words, { transfer });
}

/** As the server reads it: planar, native values as single-precision numbers. */
function floatsOf({ width, height, channels }: NativePicture) {
  const data = new Float32Array(width * height * channels.length);
  for (const [i, channel] of channels.entries()) data.set(channel, i * width * height);
  return { width, height, channels: channels.length, data };
}

function modalityOf(light: string): Background['modality'] {
  if (light === 'transmitted' || light === 'stained' || light === 'fluorescence') return light;
  throw new Error(`the light is ${light}, which this version does not know`);
}
