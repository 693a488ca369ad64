import { type FragmentType, graphql, readFragment } from '#graphql';
import { Swatch } from '#ui/swatch.tsx';

const ReviewPicture_image = graphql(`
  fragment ReviewPicture_image on Image {
    id
    name
    width
    height
    thumbnailUrl
    sample { id name well lines { cellLine { id name colour } } }
  }
`);

export function ReviewPicture(props: { readonly image: FragmentType<typeof ReviewPicture_image> }) {
  const { name, width, height, thumbnailUrl, sample } = readFragment(ReviewPicture_image, props.image);
  const lines = sample?.lines ?? [];
  return (
    <figure className="overflow-hidden rounded-ui border border-line bg-surface">
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
        <span className="block truncate text-xs" title={name}>
          {name}
        </span>
        <span className="flex items-center gap-1 truncate text-muted text-xs">
          {lines.map(({ cellLine }) => (
            <Swatch key={cellLine.id} colour={cellLine.colour} className="size-2.5" />
          ))}
          <span className="truncate">
            {sample === null
              ? 'not labelled'
              : lines.length === 0
                ? sample.name
                : lines.map(({ cellLine }) => cellLine.name).join(' + ')}
          </span>
        </span>
      </figcaption>
    </figure>
  );
}
