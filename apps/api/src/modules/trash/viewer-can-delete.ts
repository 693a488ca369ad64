import { can } from '../../access/can.ts';
import { isPromise } from '../../execution/thrown.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import type { defineNode } from '../../graphql/node.ts';
import { orNull } from '../../graphql/or-null.ts';
import { loadTogether } from '../../graphql/request-loader.ts';
import { AnnotationNode } from '../annotation/annotation.type.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { ComparisonNode } from '../comparison/comparison.type.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ImageNode } from '../image/image.type.ts';
import { ModelNode } from '../model/model.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { SampleNode } from '../sample/sample.type.ts';
import { SegmentationNode } from '../segmentation-run/segmentation.type.ts';
import { SegmentationRunNode } from '../segmentation-run/segmentation-run.type.ts';
import { TrainingRunNode } from '../training-run/training-run.type.ts';
import type { DeletableType } from './deletable-types.ts';
import { mayDecide, type Placed, readPlaces } from './read-places.ts';

/** What decides, besides who asks; the lab only where there is no project. */
type Place = Pick<Placed, 'projectId' | 'ownerId'> & { readonly organizationId?: string };

/** Gives `viewerCanDelete` to a type, by where a row hangs: null where nobody who may see it may delete it. */
function addTo<Row extends { readonly id: string }>(
  type: DeletableType,
  node: ReturnType<typeof defineNode<Row>>,
  placeOf: (row: NoInfer<Row>, context: Context) => Place | null | Promise<Place | null>,
): void {
  builder.objectField(node, 'viewerCanDelete', (t) =>
    t.boolean({
      description:
        'Whether the asker may delete it; what else would have to be deleted first, `dependents` tells.',
      resolve: (row, _args, context) => {
        const decide = (place: Place | null) =>
          place !== null && mayDecide(context.actor, type, { organizationId: '', ...place, id: row.id });
        const place = placeOf(row, context);
        return isPromise(place) ? place.then(decide) : decide(place);
      },
    }),
  );
}

interface InProject {
  readonly id: string;
  readonly projectId: string;
  readonly createdById: string;
}

const ownPlace = ({ projectId, createdById }: InProject): Place => ({ projectId, ownerId: createdById });
/** Of what hangs in the lab itself. */
const placeInLab = (row: { readonly organizationId: string; readonly createdById: string }): Place => ({
  organizationId: row.organizationId,
  projectId: null,
  ownerId: row.createdById,
});

addTo('Project', ProjectNode, placeInLab);
addTo('CellLine', CellLineNode, placeInLab);
addTo('Dataset', DatasetNode, ownPlace);
addTo('Sample', SampleNode, ownPlace);
addTo('TrainingRun', TrainingRunNode, ownPlace);
addTo('Model', ModelNode, ownPlace);
addTo('SegmentationRun', SegmentationRunNode, ownPlace);
addTo('Comparison', ComparisonNode, ownPlace);
addTo('Image', ImageNode, async ({ datasetId, createdById }, context) => {
  const dataset = await orNull(DatasetNode, context, datasetId);
  return dataset === null ? null : { projectId: dataset.projectId, ownerId: createdById };
});
addTo('Annotation', AnnotationNode, ({ id }, context) => readPlace(context, 'Annotation', id));
addTo('Segmentation', SegmentationNode, ({ id, projectId }, context) => {
  const [onAll, onOwn] = (['decide.any', 'decide.own'] as const).map((action) =>
    can(context.actor, action, { projectId }),
  );
  // Who may delete all of them, or none, may whosever it is.
  return onAll === onOwn ? { projectId, ownerId: null } : readPlace(context, 'Segmentation', id);
});

/** For what a row does not tell itself: all rows of a request share one statement. */
function readPlace(context: Context, type: DeletableType, id: string): Promise<Place | null> {
  return loadTogether(context, `places of ${type}`, id, async (ids) => {
    const places = await readPlaces(context, type, ids);
    return new Map(places.map((place): [string, Place] => [place.id, place]));
  });
}
