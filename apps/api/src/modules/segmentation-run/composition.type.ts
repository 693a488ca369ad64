import type { CompositionGroup } from '@cellmixer/cellmixer/results';
import { builder } from '../../graphql/builder.ts';
import { orNull } from '../../graphql/or-null.ts';
import { SampleNode } from '../sample/sample.type.ts';

/** What was counted, with the names of the model's classes. */
export interface NamedComposition extends Pick<CompositionGroup, 'n' | 'unassigned' | 'classes'> {
  readonly names: readonly string[];
  readonly colours: readonly string[];
}

interface NamedShare {
  readonly share: CompositionGroup['classes'][number];
  readonly name: string;
  readonly colour: string;
}

const known = (value: number) => (Number.isFinite(value) ? value : null);

const ClassShareType = builder.objectRef<NamedShare>('ClassShare').implement({
  description: 'What was counted of one class.',
  fields: (t) => ({
    position: t.int({ description: '1… in the model’s order.', resolve: ({ share }) => share.position }),
    name: t.exposeString('name', { description: 'Of the class.' }),
    colour: t.exposeString('colour', { description: 'Overlay colour, #rrggbb.' }),
    cells: t.int({ description: 'Cells.', resolve: ({ share }) => share.cells }),
    area: t.float({ description: 'Native square pixels.', resolve: ({ share }) => share.area }),
    fraction: t.float({
      nullable: true,
      description: 'Of the cells that have a class, 0 to 1; null without any.',
      resolve: ({ share }) => known(share.share),
    }),
    low: t.float({
      description:
        'Lower end of the 95 % interval of the fraction (Wilson, with Rao and Scott’s design effect over samples, or over the images of one sample).',
      resolve: ({ share }) => share.low,
    }),
    high: t.float({ description: 'Upper end of that interval.', resolve: ({ share }) => share.high }),
    areaFraction: t.float({
      nullable: true,
      description: 'Of the area of cells that have a class, 0 to 1; null without any.',
      resolve: ({ share }) => known(share.areaShare),
    }),
    seededFraction: t.float({
      nullable: true,
      description: 'Of the seeded cells, 0 to 1; null where it was not written down.',
      resolve: ({ share }) => share.seeded,
    }),
  }),
});

export const CompositionType = builder.objectRef<NamedComposition>('Composition').implement({
  description: 'Cells by class.',
  fields: (t) => ({
    cells: t.int({ description: 'Cells that have a class: what fractions are of.', resolve: ({ n }) => n }),
    unassignedCells: t.int({
      description: 'Cells without a class.',
      resolve: ({ unassigned }) => unassigned.cells,
    }),
    unassignedArea: t.float({
      description: 'Their area, native square pixels.',
      resolve: ({ unassigned }) => unassigned.area,
    }),
    classes: t.field({
      type: [ClassShareType],
      description: 'In the model’s order.',
      resolve: ({ classes, names, colours }) =>
        classes.map((share, k) => ({ share, name: names[k] ?? '', colour: colours[k] ?? '#888888' })),
    }),
  }),
});

export const CompositionGroupingEnum = builder.enumType('CompositionGrouping', {
  description:
    'What is added up: all, plates, wells, samples, or samples of one treatment, dose and time. Images of no sample stand alone.',
  values: ['RUN', 'PLATE', 'WELL', 'SAMPLE', 'CONDITION', 'IMAGE'] as const,
});

export interface NamedGroup {
  readonly place: CompositionGroup['place'];
  readonly composition: NamedComposition;
}

export const CompositionGroupType = builder.objectRef<NamedGroup>('CompositionGroup').implement({
  description: 'The composition of a sample, plate or condition. What its images do not share is null.',
  fields: (t) => ({
    sample: t.field({
      type: SampleNode,
      nullable: true,
      description: 'The sample; null for groups of several, and where the asker may not see it.',
      resolve: ({ place }, _args, context) => orNull(SampleNode, context, place.sampleId),
    }),
    sampleName: t.string({
      nullable: true,
      description:
        'Its name. Samples that another lab has lent are numbered (`lent sample 1`), and their place, treatment and seeded fractions are null.',
      resolve: ({ place }) => place.sample,
    }),
    imageName: t.string({
      nullable: true,
      description: 'The file’s name, of single images.',
      resolve: ({ place }) => place.image,
    }),
    plate: t.string({ nullable: true, description: 'Plate or dish.', resolve: ({ place }) => place.plate }),
    well: t.string({ nullable: true, description: 'Well, such as C7.', resolve: ({ place }) => place.well }),
    replicate: t.string({
      nullable: true,
      description: 'Biological replicate.',
      resolve: ({ place }) => place.replicate,
    }),
    treatment: t.string({
      nullable: true,
      description: 'What was added.',
      resolve: ({ place }) => place.treatment,
    }),
    dose: t.float({ nullable: true, description: 'In `doseUnit`.', resolve: ({ place }) => place.dose }),
    doseUnit: t.string({
      nullable: true,
      description: 'Unit of the dose.',
      resolve: ({ place }) => place.doseUnit,
    }),
    timePoint: t.float({
      nullable: true,
      description: 'Hours since the start of the experiment.',
      resolve: ({ place }) => place.timePoint,
    }),
    images: t.int({ description: 'Images in it.', resolve: ({ place }) => place.images }),
    samples: t.int({ description: 'Samples in it.', resolve: ({ place }) => place.samples }),
    composition: t.field({
      type: CompositionType,
      description: 'What was counted.',
      resolve: ({ composition }) => composition,
    }),
  }),
});
