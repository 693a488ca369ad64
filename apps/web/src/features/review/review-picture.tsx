import Link from 'next/link';
import { type FragmentType, graphql, readFragment } from '#graphql';
import { Swatch } from '#ui/swatch.tsx';
import { paths } from '../paths.ts';

const ReviewPicture_image = graphql(`
  fragment ReviewPicture_image on Image {
    id
    name
    width
    height
    thumbnailUrl
    cellLines { id name colour }
  }
`);

export interface ReviewPictureProps {
  readonly dataset: string;
  readonly image: FragmentType<typeof ReviewPicture_image>;
}

/** A picture and what it was labelled as; leads to it in full. */
export function ReviewPicture({ dataset, image }: ReviewPictureProps) {
  const { id, name, width, height, thumbnailUrl, cellLines } = readFragment(ReviewPicture_image, image);
  return (
    <figure className="relative overflow-hidden rounded-ui border border-line bg-surface">
      <span className="flex aspect-4/3 items-center justify-center bg-image">
        {thumbnailUrl === null ? (
          <span className="px-2 text-[#bbb] text-xs">no picture</span>
        ) : (
          <img
            src={thumbnailUrl}
            alt=""
            loading="lazy"
            decoding="async"
            width={width ?? 256}
            height={height ?? 192}
            className="size-full object-cover"
          />
        )}
      </span>
      <figcaption className="px-2 py-1">
        <Link
          href={paths.reviewedImage(dataset, id)}
          className="block truncate text-xs after:absolute after:inset-0 hover:underline"
          title={name}
        >
          {name}
        </Link>
        <span className="flex items-center gap-1 truncate text-muted text-xs">
          {cellLines.map((line) => (
            <Swatch key={line.id} colour={line.colour} className="size-2.5" />
          ))}
          <span className="truncate">
            {cellLines.length === 0 ? 'not labelled' : cellLines.map((line) => line.name).join(' + ')}
          </span>
        </span>
      </figcaption>
    </figure>
  );
}
