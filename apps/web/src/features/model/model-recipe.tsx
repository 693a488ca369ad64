import Link from 'next/link';
import { type FragmentType, graphql, readFragment } from '#graphql';
import { formatBytes, formatMoment } from '#ui/format.ts';
import { paths } from '../paths.ts';

const ModelRecipe_modelVersion = graphql(`
  fragment ModelRecipe_modelVersion on ModelVersion {
    createdAt
    sizeBytes
    checksum
    calibration { modality channels cellDiameterPx pixelSizeUm workingScale }
    card {
      run { method preset steps seed batch cropSize learningRate provider }
      machine { processor provider runtime }
      resumedElsewhere
      typeHead
    }
  }
`);

const methods: Readonly<Record<string, string>> = {
  cellmixer: 'artificial mixtures of pure pictures',
  baseline: 'pure pictures alone (the baseline)',
};
const lights: Readonly<Record<string, string>> = {
  transmitted: 'transmitted light',
  stained: 'stained, bright field',
};

export interface ModelRecipeProps {
  readonly project: string;
  /** Null where it was deleted. */
  readonly training: { readonly id: string; readonly name: string } | null;
  readonly version: FragmentType<typeof ModelRecipe_modelVersion>;
}

/** How it was made: what somebody needs who wants to make it again. */
export function ModelRecipe({ project, training, version }: ModelRecipeProps) {
  const { card, calibration, ...file } = readFragment(ModelRecipe_modelVersion, version);
  const rows: (readonly [name: string, value: React.ReactNode])[] = [];
  if (training !== null) {
    rows.push([
      'Training',
      <Link key="run" href={paths.run(project, training.id)} className="text-link hover:underline">
        {training.name}
      </Link>,
    ]);
  }
  if (card !== null) {
    const { run, machine } = card;
    rows.push(
      ['Learned from', methods[run.method] ?? run.method],
      [
        'Recipe',
        `${run.preset}, ${run.steps.toLocaleString('en-GB')} steps of ${run.batch} crops of ${run.cropSize} × ${run.cropSize} working pixels, learning rate ${run.learningRate}`,
      ],
      ['Seed', String(run.seed)],
      ['Types of a pixel', card.typeHead === 'sigmoid' ? 'several, where cells lie over each other' : 'one'],
      [
        'Computed on',
        `${machine === null ? run.provider : `${machine.provider}, ${machine.processor}, ${machine.runtime}`}${
          card.resumedElsewhere
            ? '; it went on from a checkpoint of another machine, so it cannot be made again bit by bit'
            : ''
        }`,
      ],
    );
  }
  if (calibration !== null) {
    rows.push([
      'Fits pictures of',
      [
        lights[calibration.modality] ?? calibration.modality,
        calibration.channels === 1 ? '1 channel' : `${calibration.channels} channels`,
        `cells of about ${calibration.cellDiameterPx.toFixed(0)} px`,
        calibration.pixelSizeUm === null ? 'pixel size not known' : `${calibration.pixelSizeUm} µm a pixel`,
      ].join(', '),
    ]);
  }
  rows.push([
    'File',
    <>
      {`model.onnx, ${formatBytes(file.sizeBytes)}, made on ${formatMoment(file.createdAt)}, SHA-256 `}
      <span className="font-mono text-xs [overflow-wrap:anywhere]">{file.checksum}</span>
    </>,
  ]);
  return (
    <dl className="hairline max-w-5xl divide-y divide-line rounded-ui bg-surface text-sm">
      {rows.map(([name, value]) => (
        <div key={name} className="grid gap-x-4 px-3 py-1.5 sm:grid-cols-[10rem_minmax(0,1fr)]">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
