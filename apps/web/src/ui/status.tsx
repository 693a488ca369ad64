import { clsx } from 'clsx';
import { Check, CircleDashed, CircleSlash, Minus, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Spinner } from './spinner.tsx';

/** `idle`: nothing yet; `waiting`: in a queue; `off`: stopped or not run, which is never shown as good. */
export type Tone = 'idle' | 'waiting' | 'running' | 'good' | 'care' | 'bad' | 'off';

const icons: Record<Tone, ReactNode> = {
  idle: <Minus />,
  waiting: <CircleDashed />,
  running: <Spinner />,
  good: <Check />,
  care: <TriangleAlert />,
  bad: <X />,
  off: <CircleSlash />,
};

/** Where something stands: a shape and a word, so that nobody needs to see a colour. */
export function Status({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 whitespace-nowrap [&_svg]:size-3.5 [&_svg]:shrink-0',
        toneStyle[tone],
      )}
    >
      <span aria-hidden="true" className="contents">
        {icons[tone]}
      </span>
      {children}
    </span>
  );
}

const toneStyle: Record<Tone, string> = {
  idle: 'text-muted',
  waiting: 'text-muted',
  running: 'text-ink',
  good: 'text-good',
  care: 'text-care',
  bad: 'text-bad',
  off: 'text-muted',
};

/** A short fact beside a name: `v3`, `phase contrast`. */
export function Badge({ children }: { readonly children: ReactNode }) {
  return (
    <span className="hairline inline-flex h-5 items-center whitespace-nowrap rounded-ui px-1.5 text-muted text-xs">
      {children}
    </span>
  );
}
