import { clsx } from 'clsx';
import { Check, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

export interface Step {
  readonly title: string;
  /** What there is already, or what to do: a few words. */
  readonly says: ReactNode;
  /** `next`: the one thing to do now. `later`: waits for the steps before it. */
  readonly state: 'done' | 'running' | 'next' | 'later';
  /** Where it is done; without one the step cannot be gone to yet. */
  readonly href?: string;
}

/** A path of steps in their order, the next one standing out. */
export function StepList({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) {
  return (
    <ol aria-label={label} className="hairline overflow-hidden rounded-ui bg-surface lg:flex">
      {steps.map((step, i) => (
        <li
          key={step.title}
          aria-current={step.state === 'next' ? 'step' : undefined}
          className="min-w-0 flex-1 border-line not-first:border-t lg:not-first:border-t-0 lg:not-first:border-l"
        >
          <StepBody step={step} number={i + 1} />
        </li>
      ))}
    </ol>
  );
}

function StepBody({ step, number }: { readonly step: Step; readonly number: number }) {
  const style = clsx(
    'flex h-full items-start gap-2.5 px-3 py-2.5',
    step.href !== undefined && 'hover:bg-sunken focus-visible:-outline-offset-2',
    step.state === 'next' && 'bg-sunken',
  );
  const body = (
    <>
      <StepMark state={step.state} number={number} />
      <span className="min-w-0 flex-1">
        <span
          className={clsx(
            'block text-base',
            step.state === 'later' ? 'text-muted' : 'text-ink',
            step.state === 'next' && 'font-semibold',
          )}
        >
          {step.title}
        </span>
        <span className="block text-muted text-xs">{step.says}</span>
      </span>
      {step.href !== undefined && (
        <ChevronRight className="mt-0.5 size-4 shrink-0 text-muted lg:hidden" aria-hidden="true" />
      )}
    </>
  );
  if (step.href === undefined) return <div className={style}>{body}</div>;
  return (
    <Link href={step.href} className={style}>
      {body}
    </Link>
  );
}

function StepMark({ state, number }: { readonly state: Step['state']; readonly number: number }) {
  const words = { done: 'done', running: 'under way', next: 'next', later: 'later' }[state];
  return (
    <span
      className={clsx(
        'mt-px flex size-5 shrink-0 items-center justify-center rounded-full text-xs',
        state === 'done' && 'bg-sunken text-ink',
        state === 'running' && 'border border-ink text-ink',
        state === 'next' && 'bg-ink font-semibold text-paper',
        state === 'later' && 'border border-line text-muted',
      )}
    >
      {state === 'done' ? (
        <Check className="size-3" aria-hidden="true" />
      ) : (
        <span aria-hidden="true">{number}</span>
      )}
      <span className="sr-only">{`Step ${number}, ${words}: `}</span>
    </span>
  );
}
