import type { Random } from '@cellmixer/pixels';
import { type CropContext, drawCrop } from './crop.ts';
import { backgroundAt } from './local-background.ts';
import { addNoise, missingNoise } from './noise.ts';
import { countAreas, type Scene } from './scene.ts';
import type { StockPicture } from './stock.ts';

/** Share of a patch's side on which it blends with its neighbours. */
const BLEND = 0.35;
/** A crop is a canvas only where its own cells leave this share of the wanted cover to others. */
const OWN_COVER = 0.6;

/**
 * Fills the scene with what cells are pasted on: cell-free background, or a crop of a real picture whose cells
 * stay and count. The line is drawn without regard to the lines that will be pasted.
 *
 * @param cover share of the scene that will be cell in the end
 */
export function drawCanvas(scene: Scene, cover: number, context: CropContext, random: Random): void {
  const { stock, recipe } = context;
  const type = random.integer(stock.types.length);
  const free = stock.canvasesOf[type]!;
  const wantsFree = random.next() < recipe.freeCanvas;
  if (!wantsFree || free.length === 0) {
    const picture = stock.pictures[random.pick(stock.ofType[type]!)]!;
    drawCrop(scene, picture, [0, OWN_COVER * cover], context, random);
    countAreas(scene);
    const own = scene.areas.reduce((a, b) => a + b, 0) / (scene.size * scene.size);
    if (own <= cover || free.length === 0) return;
  }
  drawFreeCanvas(scene, stock.pictures[random.pick(free)]!, context, random);
}

/**
 * Cell-free background as the picture would have it: patches from its cell-free windows, mirrored and turned,
 * laid over each other. Deviations from the mean are blended by the root of the summed squares of the weights,
 * so that the texture is as strong where patches meet as within them.
 */
function drawFreeCanvas(scene: Scene, picture: StockPicture, context: CropContext, random: Random): void {
  const { size, channels, image } = scene;
  const area = size * size;
  const squares = new Float32Array(area);
  image.fill(0);
  for (let c = 0; c < channels; c++) {
    scene.base[c] = backgroundAt(picture.background, c, picture.width / 2, picture.height / 2);
  }
  const side = picture.windows.size;
  const ramp = patchRamp(side);
  const step = Math.max(1, Math.floor(side * (1 - BLEND)));
  const offsetX = random.integer(step);
  const offsetY = random.integer(step);
  for (let y = -offsetY; y < size; y += step) {
    for (let x = -offsetX; x < size; x += step) {
      layPatch(scene, squares, picture, ramp, x, y, context.recipe.augment.flips, random);
    }
  }
  for (let i = 0; i < area; i++) squares[i] = 1 / Math.sqrt(squares[i]!);
  const level = context.recipe.levelNoise ? missingNoise(picture.noise, context.stock.noise) : null;
  for (let c = 0; c < channels; c++) {
    const plane = image.subarray(c * area, (c + 1) * area);
    const base = scene.base[c]!;
    for (let i = 0; i < area; i++) plane[i] = base + plane[i]! * squares[i]!;
    if (level !== null) addNoise(plane, size, level.fine[c]!, level.broad[c]!, context.tiles, random);
  }
  scene.labels.fill(0);
  scene.weight.fill(picture.confidence);
  scene.areas.fill(0);
}

function patchRamp(side: number): Float32Array {
  const blend = Math.max(1, BLEND * side);
  return Float32Array.from({ length: side }, (_, i) => {
    const t = (Math.min(i, side - 1 - i) + 0.5) / blend;
    return t >= 1 ? 1 : Math.sin((Math.PI / 2) * t) ** 2;
  });
}

function layPatch(
  scene: Scene,
  squares: Float32Array,
  picture: StockPicture,
  ramp: Float32Array,
  left: number,
  top: number,
  flips: boolean,
  random: Random,
): void {
  const { size, channels, image, base } = scene;
  const { width, height, windows } = picture;
  const side = windows.size;
  const corner = 2 * random.integer(windows.corners.length / 2);
  const turn = flips ? random.integer(8) : 0;
  // The patch's pixel (0, 0) and what one step in x and in y moves in the source.
  let origin = windows.corners[corner + 1]! * width + windows.corners[corner]!;
  let stepX = 1;
  let stepY = width;
  if ((turn & 1) !== 0) {
    origin += (side - 1) * stepX;
    stepX = -stepX;
  }
  if ((turn & 2) !== 0) {
    origin += (side - 1) * stepY;
    stepY = -stepY;
  }
  if ((turn & 4) !== 0) [stepX, stepY] = [stepY, stepX];
  const plane = width * height;
  const area = size * size;
  for (let v = Math.max(0, -top); v < Math.min(side, size - top); v++) {
    for (let u = Math.max(0, -left); u < Math.min(side, size - left); u++) {
      const w = ramp[u]! * ramp[v]!;
      const i = (top + v) * size + left + u;
      const s = origin + v * stepY + u * stepX;
      squares[i]! += w * w;
      for (let c = 0; c < channels; c++) {
        image[c * area + i]! += w * (picture.image[c * plane + s]! - base[c]!);
      }
    }
  }
}
