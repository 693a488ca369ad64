import { XMLParser } from 'fast-xml-parser';
import { dateOfXml } from '../acquisition-date.ts';
import { damaged, unsupported } from '../image-errors.ts';
import { toMicrometres } from '../pixel-size.ts';
import { toSeconds } from '../time-unit.ts';

/** The axes of a dimension order, the fastest first. */
const axes = {
  XYZCT: ['Z', 'C', 'T'],
  XYZTC: ['Z', 'T', 'C'],
  XYCTZ: ['C', 'T', 'Z'],
  XYCZT: ['C', 'Z', 'T'],
  XYTCZ: ['T', 'C', 'Z'],
  XYTZC: ['T', 'Z', 'C'],
} as const;

type DimensionOrder = keyof typeof axes;

/** `planes` planes from page `page` on, the first of which is at (z, c, t). */
interface OmeBlock {
  readonly page: number;
  readonly z: number;
  readonly c: number;
  readonly t: number;
  readonly planes: number;
}

export interface OmeImage {
  readonly sizeX: number;
  readonly sizeY: number;
  readonly sizeZ: number;
  readonly sizeT: number;
  /** One entry for each plane of a (z, t); `samples` is 3 for RGB. */
  readonly channels: readonly { readonly name: string | null; readonly samples: number }[];
  readonly order: DimensionOrder;
  readonly pixelSizeUm: number | null;
  readonly acquiredAt: Date | null;
  readonly blocks: readonly OmeBlock[];
  /** Seconds of every time point after the first; empty where that is not said of each. */
  readonly secondsByTime: readonly number[];
  /** Pictures (series) in the file, without a scanner's label and overview; only the first is read. */
  readonly series: number;
  /** Names of other files that hold planes of this picture. */
  readonly otherFiles: readonly string[];
}

type Node = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseAttributeValue: false,
  parseTagValue: false,
  htmlEntities: true,
});

/** Reads the first picture of an OME-XML; null if the text is none (or only refers to a companion file). */
export function parseOme(name: string, description: string, mostPlanes: number): OmeImage | null {
  if (!/<(\w+:)?OME[\s>]/.test(description.slice(0, 4096))) return null;
  let root: unknown;
  try {
    root = parser.parse(description);
  } catch (cause) {
    throw damaged(name, 'its OME-XML cannot be read', cause);
  }
  const ome = child(root, 'OME');
  const images = children(ome, 'Image');
  const pixels = child(images[0], 'Pixels');
  if (!pixels) return null;
  const [sizeX, sizeY] = [count(name, pixels, 'SizeX'), count(name, pixels, 'SizeY')];
  const [sizeZ, sizeC, sizeT] = [
    count(name, pixels, 'SizeZ'),
    count(name, pixels, 'SizeC'),
    count(name, pixels, 'SizeT'),
  ];
  if (sizeZ * sizeC * sizeT > mostPlanes) {
    throw damaged(name, `its OME-XML speaks of ${sizeZ} × ${sizeC} × ${sizeT} planes`);
  }
  const channels = channelsOf(pixels, sizeC);
  const own = text(ome, 'UUID');
  const { blocks, otherFiles } = blocksOf(pixels, sizeZ * channels.length * sizeT, own);
  if (blocks.length === 0 && otherFiles.length > 0) {
    throw unsupported(
      name,
      `its planes are in other files (${otherFiles.slice(0, 3).join(', ')})`,
      'Open the set in Fiji (Plugins › Bio-Formats) and save it as one OME-TIFF.',
    );
  }
  const size = Number(text(pixels, 'PhysicalSizeX') || Number.NaN);
  return {
    sizeX,
    sizeY,
    sizeZ,
    sizeT,
    channels,
    order: orderOf(text(pixels, 'DimensionOrder')),
    pixelSizeUm: toMicrometres(size, text(pixels, 'PhysicalSizeXUnit') || 'µm'),
    acquiredAt: dateOfXml(text(images[0], 'AcquisitionDate')),
    blocks,
    secondsByTime: secondsOf(pixels, sizeT),
    series: images.filter((image, i) => i === 0 || !aside.test(text(image, 'Name'))).length,
    otherFiles,
  };
}

/** Calls `visit` with the page of every plane, in the picture's dimension order within each block. */
export function visitPlanes(
  ome: OmeImage,
  visit: (z: number, c: number, t: number, page: number) => void,
): void {
  const sizes = { Z: ome.sizeZ, C: ome.channels.length, T: ome.sizeT };
  const [first, second, third] = axes[ome.order];
  for (const block of ome.blocks) {
    const at = { Z: block.z, C: block.c, T: block.t };
    for (let plane = 0; plane < block.planes; plane++) {
      if (at.Z >= sizes.Z || at.C >= sizes.C || at.T >= sizes.T) break;
      visit(at.Z, at.C, at.T, block.page + plane);
      if (++at[first] < sizes[first]) continue;
      at[first] = 0;
      if (++at[second] < sizes[second]) continue;
      at[second] = 0;
      at[third]++;
    }
  }
}

/** What Bio-Formats calls the pictures that a slide scanner takes of the glass around its slide. */
const aside = /^(?:label|macro|overview|thumbnail)(?: image)?$/i;

/** The clock of each time point's first plane, else the steady interval that was set. */
function secondsOf(pixels: Node, sizeT: number): number[] {
  const starts = new Array<number>(sizeT).fill(Number.POSITIVE_INFINITY);
  for (const plane of children(pixels, 'Plane')) {
    const time = Number(text(plane, 'TheT'));
    const at = toSeconds(text(plane, 'DeltaT'), text(plane, 'DeltaTUnit') || 's');
    if (at !== null && at < (starts[time] ?? Number.NEGATIVE_INFINITY)) starts[time] = at;
  }
  const isClock = starts.every((start, i) => start < Infinity && (i === 0 || start > starts[i - 1]!));
  if (isClock) return starts.map((start) => start - starts[0]!);
  const step = toSeconds(text(pixels, 'TimeIncrement'), text(pixels, 'TimeIncrementUnit') || 's');
  return step !== null && step > 0 ? starts.map((_, time) => time * step) : [];
}

function channelsOf(pixels: Node, sizeC: number): OmeImage['channels'] {
  const listed = children(pixels, 'Channel').map((channel) => ({
    name: text(channel, 'Name') || null,
    samples: Math.max(1, Math.trunc(Number(text(channel, 'SamplesPerPixel') || 1)) || 1),
  }));
  const total = listed.reduce((sum, channel) => sum + channel.samples, 0);
  return total === sizeC ? listed : Array.from({ length: sizeC }, () => ({ name: null, samples: 1 }));
}

function blocksOf(
  pixels: Node,
  allPlanes: number,
  own: string,
): { blocks: OmeBlock[]; otherFiles: string[] } {
  const data = children(pixels, 'TiffData');
  if (data.length === 0)
    return { blocks: [{ page: 0, z: 0, c: 0, t: 0, planes: allPlanes }], otherFiles: [] };
  const identities = new Set(data.map((block) => identity(block)));
  const blocks: OmeBlock[] = [];
  const otherFiles = new Set<string>();
  for (const block of data) {
    const id = identity(block);
    // One identity throughout is this file, even if it has been renamed.
    if (id !== '' && id !== own && identities.size > 1) {
      otherFiles.add(text(child(block, 'UUID'), 'FileName') || id);
      continue;
    }
    const integer = (key: string): number => Math.max(0, Math.trunc(Number(text(block, key) || 0)) || 0);
    const planes = text(block, 'PlaneCount');
    blocks.push({
      page: integer('IFD'),
      z: integer('FirstZ'),
      c: integer('FirstC'),
      t: integer('FirstT'),
      planes:
        planes !== ''
          ? Math.min(integer('PlaneCount'), allPlanes)
          : text(block, 'IFD') === ''
            ? allPlanes
            : 1,
    });
  }
  return { blocks, otherFiles: [...otherFiles] };
}

function identity(block: Node): string {
  const uuid = block.UUID;
  return typeof uuid === 'string' ? uuid : text(child(block, 'UUID'), '#text');
}

function orderOf(value: string): DimensionOrder {
  const orders: readonly DimensionOrder[] = ['XYZCT', 'XYZTC', 'XYCTZ', 'XYCZT', 'XYTCZ', 'XYTZC'];
  return orders.find((order) => order === value) ?? 'XYCZT';
}

function count(name: string, node: Node, key: string): number {
  const value = Number(text(node, key));
  if (!Number.isInteger(value) || value < 1)
    throw damaged(name, `${key} of its OME-XML is "${text(node, key)}"`);
  return value;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function children(node: unknown, key: string): Node[] {
  if (!isNode(node)) return [];
  const value = node[key];
  // An element without attributes or content is parsed as an empty text.
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((item) =>
    isNode(item) ? item : {},
  );
}

function child(node: unknown, key: string): Node | undefined {
  return children(node, key)[0];
}

function text(node: Node | undefined, key: string): string {
  const value = node?.[key];
  return typeof value === 'string' ? value : '';
}
