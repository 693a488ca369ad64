'use client';

import { useRef } from 'react';
import { useLive } from '#api/use-live.ts';
import type { RunPicturesQuery as PicturesData } from '#graphql/graphql.ts';
import { Section } from '#ui/page-header.tsx';
import { Swatch } from '#ui/swatch.tsx';
import { isUnderWay } from '../run/run-words.ts';
import { lookRows, newestSamples, type SamplePicture } from './picture-rows.ts';
import { RunPicturesQuery } from './run-pictures-query.ts';

export interface RunPicturesProps {
  readonly id: string;
  readonly initial: PicturesData;
  /** A baseline sees pure pictures alone, a null split mixes one line with itself. */
  readonly of: RunKind;
}

export type RunKind = 'mixtures' | 'baseline' | 'null split';

/** What is said of the pictures that a training is shown, and of what it is tested on. */
const words: Readonly<
  Record<RunKind, { title: string; picture: string; labels: string; sources: string; found: string }>
> = {
  mixtures: {
    title: 'Mixtures as the network sees them',
    picture: 'Mixture',
    labels: 'with the lines that were mixed, in colour',
    sources: 'which line each cell came from',
    found: 'What it finds in mixtures that it does not learn from',
  },
  baseline: {
    title: 'Pure pictures as the network sees them',
    picture: 'Picture',
    labels: 'with its line in colour',
    sources: 'which line it shows',
    found: 'What it finds in pictures that it does not learn from',
  },
  'null split': {
    title: 'Mixtures of the two halves as the network sees them',
    picture: 'Mixture',
    labels: 'with the two halves in colour',
    sources: 'which half each cell came from',
    found: 'How it tells the halves apart in mixtures that it does not learn from',
  },
};

/** An address holds for ten minutes; a younger one of the same picture is not fetched again. */
const FRESH_MS = 8 * 60_000;

export function RunPictures({ id, initial, of }: RunPicturesProps) {
  const data = useLive(RunPicturesQuery, {
    variables: { id },
    initial,
    isRunning: ({ node }) => node?.__typename === 'TrainingRun' && isUnderWay(node.status),
    seconds: 6,
  });
  const keep = useKept();
  const run = data.node?.__typename === 'TrainingRun' ? data.node : null;
  if (run === null) return null;
  const samples = run.samples.length === 0 ? [] : newestSamples(run.samples);
  const { steps, rows } = lookRows(run.looks);
  const { title, picture, labels, sources, found } = words[of];
  return (
    <>
      <Section title={title}>
        {samples.length === 0 ? (
          <p className="text-base text-muted">
            {isUnderWay(run.status) ? 'They appear with the first steps.' : 'None were kept.'}
          </p>
        ) : (
          <>
            <Legend classes={run.classes} />
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(17rem,100%),1fr))] gap-3">
              {samples.map((sample) => (
                <li key={sample.position} className="grid grid-cols-2 gap-0.5 overflow-hidden rounded-ui">
                  <Crop url={keep(sample, 'pictureUrl')} says={`${picture} ${sample.position + 1}`} />
                  <Crop
                    url={keep(sample, 'labelsUrl')}
                    says={`${picture} ${sample.position + 1} ${labels}`}
                  />
                </li>
              ))}
            </ul>
            <p className="mt-2 text-muted text-xs">
              {`${after(samples[0]?.step ?? 0)}: left the picture, right ${sources}; grey is not learned from.`}
            </p>
          </>
        )}
      </Section>
      {rows.length > 0 && (
        <Section title={found}>
          <section
            className="overflow-x-auto"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
            tabIndex={0}
            aria-label="Predictions as they get better"
          >
            <table className="border-separate border-spacing-0.5">
              <thead>
                <tr className="text-left text-muted text-xs [&>th]:pb-1 [&>th]:font-normal">
                  <th scope="col">picture</th>
                  <th scope="col">truth</th>
                  {steps.map((step) => (
                    <th key={step} scope="col">{`after ${step.toLocaleString('en-GB')} steps`}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => {
                  const at = { step: steps.at(-1) ?? 0, position: row.position };
                  const name = `New ${picture.toLowerCase()} ${row.position + 1}`;
                  return (
                    <tr key={row.position} className="[&>td]:w-36 [&>td]:min-w-28">
                      <td>
                        <Crop url={keep({ ...at, pictureUrl: row.pictureUrl }, 'pictureUrl')} says={name} />
                      </td>
                      <td>
                        <Crop
                          url={keep({ ...at, labelsUrl: row.labelsUrl }, 'labelsUrl')}
                          says={`${name}, the truth in colour`}
                        />
                      </td>
                      {row.found.map((url, place) => {
                        const step = steps[place] ?? 0;
                        return (
                          <td key={step}>
                            {url !== null && (
                              <Crop
                                url={keep({ ...at, step, predictionUrl: url }, 'predictionUrl')}
                                says={`${name}, found after ${step} steps, in colour`}
                              />
                            )}
                          </td>
                        );
                      })}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </section>
        </Section>
      )}
    </>
  );
}

function after(steps: number): string {
  return steps === 0 ? 'Before the first step' : `After ${steps.toLocaleString('en-GB')} steps`;
}

type Kind = 'pictureUrl' | 'labelsUrl' | 'predictionUrl';
type Named = Pick<SamplePicture, 'step' | 'position'> & { readonly [kind in Kind]?: string | null };

/** Each reading brings new addresses of the same pictures: the first is kept while it holds. */
function useKept() {
  const known = useRef(new Map<string, { readonly url: string; readonly since: number }>());
  return (picture: Named, kind: Kind): string => {
    const url = picture[kind] ?? '';
    const key = `${kind} ${picture.step} ${picture.position}`;
    const before = known.current.get(key);
    if (before !== undefined && Date.now() - before.since < FRESH_MS) return before.url;
    known.current.set(key, { url, since: Date.now() });
    return url;
  };
}

/** A crop of some hundred pixels, enlarged as it is. */
function Crop({ url, says }: { readonly url: string; readonly says: string }) {
  return (
    <img
      src={url}
      alt={says}
      width={160}
      height={160}
      loading="lazy"
      decoding="async"
      className="aspect-square w-full bg-image [image-rendering:pixelated]"
    />
  );
}

function Legend({
  classes,
}: {
  readonly classes: readonly { readonly name: string; readonly colour: string }[];
}) {
  return (
    <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {classes.map(({ name, colour }) => (
        <li key={name} className="flex items-center gap-1.5">
          <Swatch colour={colour} />
          {name}
        </li>
      ))}
    </ul>
  );
}
