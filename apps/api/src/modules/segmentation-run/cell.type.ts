import { DELETED, parseLayer } from '@cellmixer/cellmixer/results';
import { type Correction, Prisma, type Segmentation } from '@cellmixer/database';
import { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import { rowsUnder } from '../../graphql/rows-under.ts';
import { classesOf } from '../model/classes-of.ts';
import { Person } from '../organization/person.ts';
import { type FoundCell, readCells } from './cell-records.ts';
import { SegmentationNode } from './segmentation.type.ts';

interface SeenCell {
  readonly cell: FoundCell;
  readonly names: readonly string[];
  /** What people say of it; undefined where nobody has said anything. */
  readonly said: number | undefined;
}

interface CellPage {
  readonly cells: readonly SeenCell[];
  readonly total: number;
  readonly next: number | null;
}

const CellType = builder.objectRef<SeenCell>('Cell').implement({
  description: 'One cell that was found. Lengths in native pixels, from the upper left pixel’s centre.',
  fields: (t) => ({
    label: t.int({ description: '1… as in the map of instances.', resolve: ({ cell }) => cell.label }),
    predicted: t.int({
      description: 'The class that the model gave it: 1… in its order, 0 unassigned.',
      resolve: ({ cell }) => cell.type,
    }),
    position: t.int({
      nullable: true,
      description: 'Its class with corrections, likewise; null where somebody deleted it.',
      resolve: ({ cell, said }) => (said === DELETED ? null : (said ?? cell.type)),
    }),
    className: t.string({
      nullable: true,
      description: 'The name of that class; null where it has none.',
      resolve: ({ cell, said, names }) => names[(said ?? cell.type) - 1] ?? null,
    }),
    corrected: t.boolean({
      description: 'Whether somebody has said something of it.',
      resolve: ({ said }) => said !== undefined,
    }),
    confidence: t.float({
      description: 'Probability of the predicted class, 0 to 1.',
      resolve: ({ cell }) => cell.confidence,
    }),
    probabilities: t.floatList({
      description: 'Of every class, in the model’s order.',
      resolve: ({ cell }) => [...cell.probabilities],
    }),
    area: t.float({ description: 'Square pixels.', resolve: ({ cell }) => cell.area }),
    centroidX: t.float({ description: 'To the right.', resolve: ({ cell }) => cell.centroidX }),
    centroidY: t.float({ description: 'Down.', resolve: ({ cell }) => cell.centroidY }),
    x0: t.int({ description: 'Left edge of its box.', resolve: ({ cell }) => cell.x0 }),
    y0: t.int({ description: 'Upper edge of its box.', resolve: ({ cell }) => cell.y0 }),
    x1: t.int({ description: 'First column right of its box.', resolve: ({ cell }) => cell.x1 }),
    y1: t.int({ description: 'First row below its box.', resolve: ({ cell }) => cell.y1 }),
  }),
});

const CellPageType = builder.objectRef<CellPage>('CellPage').implement({
  description: 'Cells in the order of their labels.',
  fields: (t) => ({
    cells: t.field({ type: [CellType], description: 'The cells.', resolve: ({ cells }) => [...cells] }),
    total: t.exposeInt('total', { description: 'Cells of the image in all.' }),
    next: t.exposeInt('next', {
      nullable: true,
      description: 'What `after` is of the next page; null at the end.',
    }),
  }),
});

const CorrectionType = builder.objectRef<Correction>('Correction').implement({
  description: 'One revision of people’s layer over a prediction.',
  fields: (t) => ({
    revision: t.exposeInt('revision', { description: 'Counts from 1.' }),
    author: t.string({
      description: 'Who made it.',
      resolve: async (row, _args, context) => (await Person.loaderOf(context).load(row.createdById)).name,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
    revertedTo: t.exposeInt('revertedTo', {
      nullable: true,
      description: 'The earlier revision that was taken up again, 0 for the prediction.',
    }),
    cells: t.int({
      description: 'Cells that differ from the prediction’s word from then on.',
      resolve: (row) => parseLayer(row.cells).size,
    }),
  }),
});

builder.objectFields(SegmentationNode, (t) => ({
  correctionRevision: t.exposeInt('correctionRevision', {
    description: 'The revision of people’s corrections that counts; 0: the prediction as it is.',
  }),
  corrections: t.field({
    type: [CorrectionType],
    description: 'The last hundred revisions, newest first.',
    resolve: (row, _args, context) =>
      rowsUnder<Correction>(
        context,
        {
          table: 'Correction',
          parent: 'segmentationId',
          order: Prisma.sql`t.revision DESC`,
          most: 100,
        },
        row.id,
      ),
  }),
  cells: t.field({
    type: CellPageType,
    description: 'The cells, page by page, with corrections. The whole table lies at `cellsUrl`.',
    args: {
      first: t.arg.int({ description: 'From 1 to 1,000.' }),
      after: t.arg.int({
        required: false,
        description: 'Where the last page ended; from the first if left out.',
      }),
    },
    resolve: async (row: Segmentation, args, context): Promise<CellPage> => {
      const first = z.int().min(1).max(1000).parse(args.first);
      const after = z
        .int()
        .min(0)
        .parse(args.after ?? 0);
      const classes = await classesOf(context, row.modelVersionId);
      const layer = await context.database.correction.findUnique({
        where: {
          segmentationId_revision: { segmentationId: row.id, revision: row.correctionRevision },
        },
      });
      const said = parseLayer(layer?.cells ?? {});
      const cells = await readCells(context, row, classes.length, { first, after });
      const total = row.cellCount ?? 0;
      return {
        cells: cells.map((cell) => ({ cell, names: classes, said: said.get(cell.label) })),
        total,
        next: after + cells.length < total ? after + cells.length : null,
      };
    },
  }),
}));
