import { clsx } from 'clsx';
import { CircleCheck, CircleHelp, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { type FragmentType, graphql, readFragment } from '#graphql';
import { Status } from '#ui/status.tsx';
import { Term } from '#ui/term.tsx';
import { checkWords, outcomeWords, verdictWords, writeCheck } from './check-words.ts';

const VerdictPanel_modelVersion = graphql(`
  fragment VerdictPanel_modelVersion on ModelVersion {
    number
    verdict { level sentence checks { name outcome value bar better sentence } }
  }
`);

const icons = { USABLE: CircleCheck, USE_WITH_CARE: TriangleAlert, NOT_SHOWN_TO_WORK: CircleHelp };
const inks = { USABLE: 'text-good', USE_WITH_CARE: 'text-care', NOT_SHOWN_TO_WORK: 'text-bad' };

/** Whether the model may be used, and the five checks that say so. */
export function VerdictPanel({
  version: given,
  nullSplit,
}: {
  readonly version: FragmentType<typeof VerdictPanel_modelVersion>;
  /** Stands below the check of that name. */
  readonly nullSplit: ReactNode;
}) {
  const { number, verdict } = readFragment(VerdictPanel_modelVersion, given);
  const Icon = icons[verdict.level];
  return (
    <section
      aria-label="Verdict"
      data-verdict={verdict.level}
      className="hairline mb-8 max-w-5xl rounded-ui bg-surface"
    >
      <div className="px-5 py-4">
        <p className={clsx('flex items-center gap-2.5 font-semibold text-key', inks[verdict.level])}>
          <Icon aria-hidden="true" className="size-6 shrink-0" />
          {verdictWords[verdict.level].says}
        </p>
        <p className="mt-1 text-base text-muted">{`Version ${number}. ${verdict.sentence}`}</p>
      </div>
      <ul className="divide-y divide-line border-line border-t">
        {verdict.checks.map((check) => {
          const { value, bar } = writeCheck(check);
          const { tone, says } = outcomeWords[check.outcome];
          const words = checkWords[check.name];
          return (
            <li
              key={check.name}
              data-check={check.name}
              className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-5 gap-y-1 px-5 py-2.5 md:grid-cols-[10rem_5.5rem_7.5rem_minmax(0,1fr)]"
            >
              <p className="font-medium [&_button]:text-left">
                <Term of={words.term}>{words.says}</Term>
              </p>
              <p>
                <Status tone={tone}>{says}</Status>
              </p>
              <p className="col-span-2 flex gap-2 md:col-span-1 md:block">
                {check.value !== null && <span className="font-medium md:block">{value}</span>}
                <span className="text-muted text-xs/5 md:block">{bar}</span>
              </p>
              <div className="col-span-2 md:col-span-1">
                <p className="text-muted">{check.sentence}</p>
                {check.name === 'NULL_SPLIT' && nullSplit}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
