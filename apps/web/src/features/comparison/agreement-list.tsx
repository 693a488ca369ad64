import type { Comparison, NameOf } from './comparison-view.tsx';

export interface AgreementListProps {
  readonly agreements: NonNullable<Comparison['results']>['agreements'];
  readonly nameOf: NameOf;
}

/** Every two models: how much they call the same, and in what they differ. */
export function AgreementList({ agreements, nameOf }: AgreementListProps) {
  return (
    <ul className="hairline divide-y divide-line rounded-ui bg-surface text-sm">
      {agreements.map(({ first, second, agree, type, foreground }) => (
        <li key={`${first.id} ${second.id}`} className="px-3 py-2.5">
          <p className="font-medium text-base">{`${nameOf(first.id)} and ${nameOf(second.id)}`}</p>
          <div className="my-1.5 flex h-2 max-w-xl overflow-hidden rounded-full bg-line" aria-hidden="true">
            <span className="bg-muted/40" style={{ width: `${100 * agree}%` }} />
            <span className="bg-ink" style={{ width: `${100 * type}%` }} />
            <span className="bg-muted" style={{ width: `${100 * foreground}%` }} />
          </div>
          <p className="text-muted">
            {`${percent(agree)} of pixels called the same · ${percent(type)} another class · ${percent(foreground)} cell or not`}
          </p>
        </li>
      ))}
    </ul>
  );
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
