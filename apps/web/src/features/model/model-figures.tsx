import { type FragmentType, graphql, readFragment } from '#graphql';
import { Term } from '#ui/term.tsx';
import { ConfusionTable } from '../run/confusion-table.tsx';

const ModelFigures_modelCard = graphql(`
  fragment ModelFigures_modelCard on ModelCard {
    validation { miou typeAccuracy foregroundIou }
    judgement { heldOut pictures pureTypeAccuracy selfMix mixtures { miou typeAccuracy foregroundIou } }
    judgementProblem
    confusion
  }
`);

export interface ModelFiguresProps {
  readonly card: FragmentType<typeof ModelFigures_modelCard>;
  readonly classes: readonly string[];
}

/** How well it tells the classes apart, on what it has learned from and on what it has not. */
export function ModelFigures({ card, classes }: ModelFiguresProps) {
  const { validation, judgement, judgementProblem, confusion } = readFragment(ModelFigures_modelCard, card);
  const rows = [
    { says: 'Mean IoU over classes', key: 'miou' },
    { says: 'Recall of classes, by area', key: 'typeAccuracy' },
    { says: 'IoU of cell or not', key: 'foregroundIou' },
  ] as const;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <div className="min-w-0">
        <div className="hairline overflow-x-auto rounded-ui bg-surface">
          <table className="w-full border-collapse text-sm">
            <caption className="sr-only">Figures on artificial mixtures</caption>
            <thead>
              <tr className="border-line border-b text-left text-muted text-xs [&>th]:px-3 [&>th]:py-1.5 [&>th]:align-bottom [&>th]:font-normal">
                <th scope="col">On artificial mixtures of</th>
                {judgement !== null && (
                  <th scope="col" className="text-right">
                    {judgement.heldOut ? 'pictures kept out of training' : 'training pictures, judged again'}
                  </th>
                )}
                <th scope="col" className="text-right">
                  training pictures
                </th>
              </tr>
            </thead>
            <tbody className="[&>tr>*]:h-8 [&>tr>*]:px-3 [&>tr>*]:py-1 [&>tr]:not-last:border-b [&>tr]:border-line">
              {rows.map(({ says, key }) => (
                <tr key={key}>
                  <th scope="row" className="text-left font-normal">
                    {says}
                  </th>
                  {judgement !== null && <td className="text-right">{judgement.mixtures[key].toFixed(3)}</td>}
                  <td className="text-right text-muted">{validation[key].toFixed(3)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className="mt-2 text-muted text-xs">
          <Term of="IoU">IoU</Term> is overlap by union: 1 is perfect.{' '}
          {judgement === null
            ? `It was not judged: ${judgementProblem ?? 'no reason was given.'}`
            : `Judged on ${judgement.pictures.toLocaleString('en-GB')} pure pictures${judgement.heldOut ? ' that were kept out of training' : ', none of which was kept out of training'}. `}
          Artificial mixtures are not real ones: how it does there is told below, once images of them are
          annotated.
        </p>
      </div>
      {confusion != null && confusion.length === classes.length && (
        <ConfusionTable
          title="What was called what"
          says="Pixels of cells in mixtures of training pictures: rows the truth, columns what it was called"
          confusion={{
            columns: classes,
            rows: confusion.map((counts, place) => {
              const all = counts.reduce((sum, count) => sum + count, 0);
              return {
                name: classes[place] ?? '',
                counts,
                shares: counts.map((count) => (all === 0 ? 0 : count / all)),
              };
            }),
          }}
        />
      )}
    </div>
  );
}
