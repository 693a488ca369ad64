/** What a viewer wants to know of an OME-TIFF's description. */
export interface OmeFacts {
  /** Micrometres; null where unknown. */
  readonly pixelSizeUm: number | null;
  /** Null where a channel has no name. */
  readonly channelNames: readonly (string | null)[];
}

const micrometres: Readonly<Record<string, number>> = {
  nm: 1e-3,
  µm: 1,
  μm: 1,
  um: 1,
  mm: 1e3,
  cm: 1e4,
  m: 1e6,
};

/** Reads OME-XML; what is missing or no XML gives nothing. */
export function readOmeDescription(text: string | null): OmeFacts {
  const nothing: OmeFacts = { pixelSizeUm: null, channelNames: [] };
  if (!text?.includes('<OME')) return nothing;
  const page = new DOMParser().parseFromString(text.replace(/\0+$/, ''), 'application/xml');
  const pixels = page.getElementsByTagName('Pixels')[0];
  if (!pixels) return nothing;
  const size = Number(pixels.getAttribute('PhysicalSizeX'));
  const unit = micrometres[pixels.getAttribute('PhysicalSizeXUnit') ?? 'µm'];
  return {
    pixelSizeUm: size > 0 && unit !== undefined ? size * unit : null,
    channelNames: [...pixels.getElementsByTagName('Channel')].map((one) => one.getAttribute('Name')),
  };
}
