import Link from 'next/link';
import { type FragmentType, graphql, readFragment } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { formatDate } from '#ui/format.ts';
import { Section } from '#ui/page-header.tsx';
import { paths } from '../paths.ts';

const HomeOffers_share = graphql(`
  fragment HomeOffers_share on DatasetShare {
    id
    names { dataset lender project }
    createdAt
  }
`);

/** Datasets that other labs offer to projects which this person manages. */
export function HomeOffers({
  offers,
}: {
  readonly offers: readonly FragmentType<typeof HomeOffers_share>[];
}) {
  const shares = readFragment(HomeOffers_share, offers);
  if (shares.length === 0) return null;
  return (
    <Section title="Waits for you">
      <ul className="hairline divide-y divide-line rounded-ui bg-surface">
        {shares.map(({ id, names, createdAt }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3 py-2 text-base"
          >
            <span className="min-w-0">
              {`${names.lender} offers “${names.dataset}” to “${names.project}”`}
              <span className="ml-2 whitespace-nowrap text-muted text-xs">{formatDate(createdAt)}</span>
            </span>
            <Link href={paths.share(id)} className={buttonStyle('plain')}>
              Look at the offer
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
