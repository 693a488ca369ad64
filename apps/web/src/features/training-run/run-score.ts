interface Judged {
  readonly card: { readonly judgement: { readonly mixtures: { readonly miou: number } } | null } | null;
}

export interface ScoredRun {
  readonly metrics: readonly { readonly miou: number | null }[];
  readonly modelVersion:
    | (Judged & { readonly card: { readonly judgement: { readonly heldOut: boolean } | null } | null })
    | null;
  readonly baseline: { readonly modelVersion: Judged | null } | null;
}

export interface RunScore {
  /** What it was measured on, to be read after "Mean IoU". */
  readonly on: string;
  readonly value: number | null;
  /** The baseline's on the very same mixtures; null where it was not judged. */
  readonly baseline: number | null;
}

/**
 * The one number of a training. As it goes on each run looks at new samples of its own kind, which are single pictures
 * for a baseline and easier; beside each other stands only what was judged on the same mixtures.
 */
export function scoreOf({ modelVersion, baseline, metrics }: ScoredRun): RunScore {
  const judgement = modelVersion?.card?.judgement ?? null;
  if (judgement === null) {
    const last = metrics.findLast(({ miou }) => miou !== null);
    return { on: 'on new samples so far', value: last?.miou ?? null, baseline: null };
  }
  return {
    on: judgement.heldOut ? 'on mixtures of held-out pictures' : 'on mixtures of the training pictures',
    value: judgement.mixtures.miou,
    baseline: baseline?.modelVersion?.card?.judgement?.mixtures.miou ?? null,
  };
}
