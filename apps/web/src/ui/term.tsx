'use client';

import { OnDemand } from './on-demand.tsx';
import { TermButton } from './term-button.tsx';
import type { TermProps } from './term-popover.tsx';

const load = () => import('./term-popover.tsx');

/** A word of the glossary in a sentence: dotted below, explained by a click. */
export function Term(props: TermProps) {
  return (
    <OnDemand
      load={load}
      props={props}
      button={(events) => <TermButton {...events}>{props.children ?? props.of}</TermButton>}
    />
  );
}
