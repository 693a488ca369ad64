import type { Dataset, Transaction } from '@cellmixer/database';
import { parsePattern } from '@cellmixer/sample-names';
import type { Context } from '../../graphql/context.ts';
import { rowOfName } from '../dataset/row-of-name.ts';
import { planRows, writePlan } from '../sample/table/run-import.ts';

interface NewImage {
  readonly id: string;
  readonly name: string;
}

/**
 * Fills the samples of new images by the dataset's filename pattern. A name that says nothing keeps nobody up: its
 * image stays without a label.
 *
 * @returns why images were left without one, by their ids
 */
export async function labelByName(
  tx: Transaction,
  context: Context,
  dataset: Dataset & { readonly organizationId: string },
  images: readonly NewImage[],
): Promise<Map<string, string>> {
  if (dataset.filenamePattern === null || images.length === 0) return new Map();
  const pattern = parsePattern(dataset.filenamePattern);
  const names = [...new Set(images.map(({ name }) => name))];
  const request = {
    action: 'applyFilenamePattern',
    organizationId: dataset.organizationId,
    projectId: dataset.projectId,
    datasetId: dataset.id,
    rows: names.map((name, i) => rowOfName(pattern, name, dataset.name, i + 1)),
    registerLines: false,
  };
  const plan = await planRows(tx, request);
  await writePlan(tx, context, request, plan);
  const failed = new Map(plan.rows.map((row) => [row.file, row.problems[0]]));
  return new Map(
    images.flatMap(({ id, name }) => {
      const problem = failed.get(name);
      return problem === undefined ? [] : [[id, `${problem.message}. ${problem.cure}`]];
    }),
  );
}
