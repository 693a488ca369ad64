import { type ClassMap, createRandom, type LabelMap, type Raster } from '@cellmixer/pixels';
import { classOfLine, type DemoLine } from './demo-line.ts';
import { drawExposure, takePicture } from './microscope.ts';
import { type Layout, placeCells } from './place-cells.ts';

/** A picture with its truth. */
export interface DrawnPicture {
  /** One channel, 8 bits. */
  readonly image: Raster<Uint8Array>;
  /** 1… cells. */
  readonly instances: LabelMap;
  /** 1 cobble, 2 spindle, 3 star. */
  readonly types: ClassMap;
}

export interface Field {
  /** Wells differ in light, contrast, noise and confluence; fields of one well share them. */
  readonly well: number;
  readonly field: number;
  readonly seed: number;
  /** px; 512 × 384 by default. */
  readonly width?: number;
  readonly height?: number;
}

export interface DrawCultureOptions extends Field {
  readonly line: DemoLine;
}

/** A field of a pure culture. Equal options give equal pixels. */
export function drawCulture(options: DrawCultureOptions): DrawnPicture {
  return drawField(options, ['pure', options.line], () => options.line);
}

/** Draws one field; `kind` tells cultures apart that share well and field. */
export function drawField(
  { well, field, seed, width = 512, height = 384 }: Field,
  kind: readonly [string, ...string[]],
  nextLine: (covered: ReadonlyMap<DemoLine, number>) => DemoLine,
): DrawnPicture {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width >= 64 && height >= 64)) {
    throw new RangeError(`width × height is ${width} × ${height}; both must be whole numbers from 64`);
  }
  // Well 3 of every line has the same light, noise and confluence: nothing but the cells tells them apart.
  const ofWell = createRandom(seed).fork(kind[0], well);
  const exposure = drawExposure(ofWell);
  const confluence = ofWell.uniform(0.24, 0.4);
  const ofField = ofWell.fork(...kind, field);
  const layout = placeCells({
    width,
    height,
    confluence: confluence + ofField.uniform(-0.03, 0.03),
    nextLine,
    random: ofField.fork('cells'),
  });
  return {
    image: takePicture(layout, exposure, ofField.fork('light')),
    instances: layout.instances,
    types: typesOf(layout),
  };
}

function typesOf({ instances, cells }: Layout): ClassMap {
  const classes = Uint8Array.from([0, ...cells.map((cell) => classOfLine(cell.line))]);
  return {
    width: instances.width,
    height: instances.height,
    data: Uint8Array.from(instances.data, (label) => classes[label]!),
  };
}
