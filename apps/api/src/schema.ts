import { builder } from './graphql/builder.ts';
import './modules/cell-line/list-cell-lines.ts';
import './modules/cell-line/register-cell-line.ts';
import './modules/comparison/create-comparison.ts';
import './modules/dataset/create-dataset.ts';
import './modules/dataset-version/snapshot-dataset.ts';
import './modules/image/label-images.ts';
import './modules/job/job.type.ts';
import './modules/organization/viewer.ts';
import './modules/project/create-project.ts';
import './modules/segmentation-run/create-segmentation-run.ts';
import './modules/training-run/cancel-training-run.ts';
import './modules/training-run/create-training-run.ts';
import './modules/upload/complete-uploads.ts';
import './modules/upload/create-uploads.ts';

export const schema = builder.toSchema();
