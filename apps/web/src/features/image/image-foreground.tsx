import { type FragmentType, graphql, readFragment } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { Status } from '#ui/status.tsx';
import { DownloadLink } from '../download/download-link.tsx';
import { decisionWords } from '../foreground/decision-words.ts';

const ImageForeground_image = graphql(`
  fragment ImageForeground_image on Image {
    name
    foregroundOverridden
    foregrounds(first: 1) {
      edges { node { id coverage confluent decision previewUrl maskUrl flags { kind reason suggestion } } }
    }
  }
`);

/** Where cells were found without anybody drawing; of pure cultures alone. */
export function ImageForeground({
  image: given,
  mixed,
}: {
  readonly image: FragmentType<typeof ImageForeground_image>;
  /** Whether several lines are in it. */
  readonly mixed: boolean;
}) {
  const { name, foregrounds, foregroundOverridden } = readFragment(ImageForeground_image, given);
  const mask = foregrounds.edges[0]?.node;
  if (mask === undefined) {
    return (
      <p className="max-w-2xl text-base text-muted">
        {mixed
          ? 'None: it is found for pictures of pure cultures alone, which models learn from.'
          : 'None yet. It is found for pictures of pure cultures, once they are labelled with their line.'}
      </p>
    );
  }
  const { tone, says } = decisionWords[mask.decision];
  return (
    <div className="grid gap-x-6 gap-y-3 sm:grid-cols-[16rem_minmax(0,1fr)]">
      {mask.previewUrl !== null && (
        <img
          src={mask.previewUrl}
          alt={`${name} with the outline of what was taken for cells`}
          className="w-full rounded-ui bg-image"
        />
      )}
      <div className="min-w-0 text-sm">
        <p className="flex flex-wrap items-center gap-x-3">
          <Status tone={tone}>{says}</Status>
          {foregroundOverridden && <span className="text-muted">with settings of its own</span>}
        </p>
        <p className="mt-1 text-base">
          {`${(100 * mask.coverage).toFixed(1)} % of the picture is cell${mask.confluent ? '; no background is left' : ''}.`}
        </p>
        {mask.flags.map(({ kind, reason, suggestion }) => (
          <p key={kind} className="mt-1">
            <span className="text-care">{reason}</span> <span className="text-muted">{suggestion}</span>
          </p>
        ))}
        {mask.maskUrl !== null && (
          <DownloadLink of={mask.id} href={mask.maskUrl} className={`${buttonStyle('plain')} mt-3`}>
            Mask (PNG)
          </DownloadLink>
        )}
      </div>
    </div>
  );
}
