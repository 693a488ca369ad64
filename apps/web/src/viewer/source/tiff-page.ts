import { type GeoTIFF, GeoTIFFImage } from 'geotiff';
import { ViewerError } from '../viewer-problem.ts';
import { decodeTile } from './decoder-pool.ts';
import type { RangeReader } from './range-reader.ts';
import { kindOf, type SampleKind, type Samples, samplesOf } from './samples.ts';

/** No compression, LZW, deflate (two numbers for it), Zstandard. */
const readable = new Set([1, 5, 8, 32_946, 50_000]);

/** Where each tile lies in the file. */
interface Places {
  readonly offsets: ArrayLike<number | bigint>;
  readonly counts: ArrayLike<number | bigint>;
}

/** One page at one resolution. */
export class TiffPage {
  readonly width: number;
  readonly height: number;
  readonly tileSize: number;
  readonly samples: number;
  readonly kind: SampleKind;
  readonly #image: GeoTIFFImage;
  readonly #compression: number;
  readonly #predictor: number;
  readonly #reader: RangeReader;
  #places: Promise<Places> | undefined;

  /** Throws ViewerError where it is nothing that can be shown in parts. */
  static async of(image: GeoTIFFImage, reader: RangeReader, what: string): Promise<TiffPage> {
    const directory = image.fileDirectory;
    const compression = Number(directory.hasTag('Compression') ? directory.getValue('Compression') : 1);
    const predictor = Number(directory.hasTag('Predictor') ? await directory.loadValue('Predictor') : 1);
    const kind = kindOf(image.getSampleFormat(), image.getBitsPerSample());
    const odd = (why: string): ViewerError =>
      new ViewerError(
        'PICTURE_UNREADABLE',
        `${what} cannot be shown: ${why}`,
        'It must be a tiled OME-TIFF as the server writes it. Upload the original again.',
      );
    if (!image.isTiled) throw odd('it has no tiles');
    if (image.getTileWidth() !== image.getTileHeight()) throw odd('its tiles are not square');
    if (!readable.has(compression))
      throw odd(`its compression ${compression} is none that browsers can undo`);
    if (kind === null)
      throw odd(`numbers of ${image.getBitsPerSample()} bits in format ${image.getSampleFormat()}`);
    if (!image.littleEndian && kind !== 'uint8') throw odd('its bytes are in big-endian order');
    if (image.planarConfiguration !== 1 && image.getSamplesPerPixel() > 1) throw odd('its colours lie apart');
    return new TiffPage(image, reader, kind, compression, predictor);
  }

  private constructor(
    image: GeoTIFFImage,
    reader: RangeReader,
    kind: SampleKind,
    compression: number,
    predictor: number,
  ) {
    this.#image = image;
    this.#reader = reader;
    this.#compression = compression;
    this.#predictor = predictor;
    this.kind = kind;
    this.width = image.getWidth();
    this.height = image.getHeight();
    this.tileSize = image.getTileWidth();
    this.samples = image.getSamplesPerPixel();
  }

  /** One tile, whole also where the picture ends inside it; its samples interleaved. */
  async tile(x: number, y: number, signal: AbortSignal): Promise<Samples> {
    this.#places ??= this.#readPlaces();
    const { offsets, counts } = await this.#places;
    const index = y * Math.ceil(this.width / this.tileSize) + x;
    const length = Number(counts[index] ?? 0);
    if (length === 0) return samplesOf(this.kind, this.tileSize ** 2 * this.samples);
    const packed = await this.#reader.read(Number(offsets[index]), length, signal);
    const decoded = await decodeTile({
      compression: this.#compression,
      predictor: this.#predictor,
      side: this.tileSize,
      samples: this.samples,
      bits: this.#image.getBitsPerSample(),
      packed,
    });
    return samplesOf(this.kind, decoded);
  }

  /** The same page at its smaller resolutions. */
  async reduced(file: GeoTIFF, what: string): Promise<TiffPage[]> {
    const directory = this.#image.fileDirectory;
    if (!directory.hasTag('SubIFDs')) return [];
    const offsets = [...((await directory.loadValue('SubIFDs')) ?? [])].map(Number);
    return await Promise.all(
      offsets.map(async (offset) => {
        const found = await file.parser.parseFileDirectoryAt(offset);
        const image = new GeoTIFFImage(found, file.littleEndian, false, file.source);
        return await TiffPage.of(image, this.#reader, what);
      }),
    );
  }

  async #readPlaces(): Promise<Places> {
    const directory = this.#image.fileDirectory;
    const [offsets, counts] = await Promise.all([
      directory.loadValue('TileOffsets'),
      directory.loadValue('TileByteCounts'),
    ]);
    return { offsets: offsets ?? [], counts: counts ?? [] };
  }
}
