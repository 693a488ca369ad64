import type { ReactNode } from 'react';
import { glossary } from '#ui/glossary.ts';
import { PageHeader } from '#ui/page-header.tsx';
import { Term } from '#ui/term.tsx';

/** What to know before the first pipetting step. */
export function HelpPage() {
  return (
    <>
      <PageHeader title="Help" says="What to know before the first pipetting step." />
      <div className="grid gap-x-12 lg:grid-cols-[minmax(0,42rem)_minmax(0,1fr)]">
        <div>
          <Part id="plan" title="Plan your experiment">
            <ol className="list-decimal space-y-2 pl-5 marker:text-muted">
              <li>
                <b>Each line alone, and the mixtures, on the same plate.</b> A{' '}
                <Term of="pure control">pure control</Term> of every line beside the mixtures shows how well
                it is recognised there, on that day, in that light.
              </li>
              <li>
                <b>Three wells of each line or more, from two passages or days.</b> Many pictures of one well
                are one <Term of="biological replicate">replicate</Term>. What holds for one well may not hold
                for the next.
              </li>
              <li>
                <b>Do not let line and day go together.</b> If one line was always taken on Monday, the two
                are <Term of="confounded">confounded</Term>, and the network may learn the day.
              </li>
              <li>
                <b>Everything alike.</b> Same microscope, magnification, exposure and medium for cultures and
                mixtures.
              </li>
              <li>
                <b>Not confluent.</b> Cells must show some background between them; 20 to 70 %{' '}
                <Term of="confluence">confluence</Term> is good.
              </li>
              <li>
                <b>Some hundreds of cells of each line.</b> Twenty pictures of 1,000 × 1,000 pixels are a good
                beginning.
              </li>
              <li>
                <b>Write down what you seed.</b> The <Term of="seeded fraction">seeded fraction</Term> of a
                mixture is what its measured <Term of="composition">composition</Term> is held against.
              </li>
            </ol>
          </Part>
          <Part id="steps" title="The six steps">
            <ol className="list-decimal space-y-2 pl-5 marker:text-muted">
              <li>
                <b>Register lines.</b> Every population that you can grow alone gets a name and a colour.
              </li>
              <li>
                <b>Add cultures.</b> Upload pictures of each line alone into a dataset, and say which line
                they show: by their file names, or by clicking them.
              </li>
              <li>
                <b>Check foreground.</b> The cells are found without your help. Look at the outlines, accept
                them, leave bad pictures out. Then take a <Term of="snapshot">snapshot</Term> of the dataset.
              </li>
              <li>
                <b>Train.</b> Begin with <i>Fast</i>, and train the <Term of="baseline">baseline</Term> too:
                it shows what the artificial mixtures are worth on your cells.
              </li>
              <li>
                <b>Segment mixtures.</b> Upload them to the same dataset, tick all lines that may be in them,
                take another snapshot. The result is the share of each line, sample by sample.
              </li>
              <li>
                <b>Compare.</b> Segment the same snapshot by the baseline, and see where the two disagree.
                Look at the wells of pure lines before you publish a number.
              </li>
            </ol>
            <p className="mt-2">
              All of it can be done by keyboard: Tab goes on, Enter follows or presses, Space ticks, arrows
              choose. On the foreground page A accepts and R leaves out.
            </p>
          </Part>
          <Part id="files" title="Files">
            <p>
              TIFF (also OME-TIFF, ImageJ, BigTIFF), PNG, JPEG and WebP; 8 and 16 bits or float; any number of
              channels. JPEG has lost what a network may need: take the microscope’s own files where there are
              any. The original is kept byte for byte.
            </p>
            <h3 className="mt-4 font-semibold">CZI, ND2, LIF and other makers’ files</h3>
            <p className="mt-1">
              Convert them into OME-TIFF first. With{' '}
              <span className="font-medium">bioformats2raw and raw2ometiff</span>, which keep pixel size and
              channels:
            </p>
            <Code>{`bioformats2raw picture.czi picture.zarr\nraw2ometiff picture.zarr picture.ome.tiff`}</Code>
            <p>Or with Bio-Formats’ command line tools, one file for each series:</p>
            <Code>{`bfconvert -bigtiff picture.lif "picture_s%s.ome.tiff"`}</Code>
            <p>
              Or in Fiji: <i>File › Import › Bio-Formats</i>, then <i>File › Save As › OME-TIFF</i>. Do not
              adjust the contrast before you save, and do not save as RGB.
            </p>
          </Part>
          <Part id="limits" title="What a model cannot do">
            <ul className="list-disc space-y-2 pl-5 marker:text-muted">
              <li>It calls every cell one of its lines. A cell of another kind gets a wrong name.</li>
              <li>It knows the light that it was trained in. Another microscope needs its own training.</li>
              <li>
                Lines that look alike stay hard. Compare with the <Term of="baseline">baseline</Term> and look
                at the <Term of="null split">null split</Term> before you believe a number.
              </li>
              <li>Research software: not for diagnosis.</li>
            </ul>
          </Part>
        </div>
        <Part id="words" title="Words">
          <dl className="space-y-3">
            {Object.entries(glossary).map(([word, says]) => (
              <div key={word}>
                <dt className="font-semibold first-letter:uppercase">{word}</dt>
                <dd className="text-muted">{says}</dd>
              </div>
            ))}
          </dl>
        </Part>
      </div>
    </>
  );
}

function Part({
  id,
  title,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="mb-10 scroll-mt-16 text-base">
      <h2 id={`${id}-title`} className="mb-2 font-semibold text-lg">
        {title}
      </h2>
      {children}
    </section>
  );
}

function Code({ children }: { readonly children: string }) {
  return (
    <pre className="hairline my-2 whitespace-pre-wrap rounded-ui bg-surface px-3 py-2 font-mono text-sm [overflow-wrap:anywhere]">
      {children}
    </pre>
  );
}
