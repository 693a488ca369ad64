import { encodeWebp } from '@cellmixer/imaging';
import type { Raster } from '@cellmixer/pixels';
import { type Html, html } from './html.ts';

/** A picture inside of the page itself, with what it shows below it. */
export async function embedPicture(
  picture: Raster<Uint8Array>,
  words: string,
  caption: string | Html,
): Promise<Html> {
  const bytes = await encodeWebp(picture, 76);
  const data = `data:image/webp;base64,${Buffer.from(bytes).toString('base64')}`;
  return html`<figure class="picture"><img src="${data}" width="${picture.width}" height="${picture.height}" alt="${words}" loading="lazy"><figcaption>${caption}</figcaption></figure>`;
}
