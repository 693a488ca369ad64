import {
  type Check,
  checkNames,
  type Judgement,
  type ModelCard,
  type Verdict,
  verdictLevels,
} from '@cellmixer/cellmixer/card';
import { builder } from '../../graphql/builder.ts';
import { FingerprintType } from '../training-run/training-log.type.ts';

const CheckNameEnum = builder.enumType('ModelCheckName', {
  description:
    'SELF_MIX: a line mixed with itself is one type. NULL_SPLIT: two wells of one line are not told apart. GAP_TO_BASELINE: mixing helps. SEED_SPREAD: luck matters little. HELD_OUT: it works on a replicate that it has not seen.',
  values: checkNames,
});
const OutcomeEnum = builder.enumType('ModelCheckOutcome', {
  description:
    'What was not run has not passed; so it stays while there is too little to say anything by, as the sentence tells.',
  values: ['PASSED', 'FAILED', 'NOT_RUN'] as const,
});
const BetterEnum = builder.enumType('ModelCheckBar', {
  description: 'HIGHER: the value must reach the bar. LOWER: it must not exceed it.',
  values: ['HIGHER', 'LOWER'] as const,
});

const CheckType = builder.objectRef<Check>('ModelCheck').implement({
  description: 'One of the five checks of a model.',
  fields: (t) => ({
    name: t.expose('name', { type: CheckNameEnum, description: 'Which one.' }),
    outcome: t.expose('outcome', { type: OutcomeEnum, description: 'How it went.' }),
    value: t.exposeFloat('value', { nullable: true, description: 'Null where it was not run.' }),
    bar: t.exposeFloat('bar', { nullable: true, description: 'What the value is held against.' }),
    better: t.expose('better', { type: BetterEnum, description: 'Whether the bar is a least or a most.' }),
    sentence: t.exposeString('sentence', { description: 'The same in plain words.' }),
  }),
});

const LevelEnum = builder.enumType('ModelVerdictLevel', {
  description: 'What the checks of a model come to.',
  values: verdictLevels,
});

export const VerdictType = builder
  .objectRef<Verdict & { readonly checks: readonly Check[] }>('ModelVerdict')
  .implement({
    description: 'Whether a model may be used, from its five checks.',
    fields: (t) => ({
      level: t.expose('level', { type: LevelEnum, description: 'In a word.' }),
      sentence: t.exposeString('sentence', { description: 'Why.' }),
      checks: t.field({
        type: [CheckType],
        description: 'The five checks, always in the same order.',
        resolve: ({ checks }) => [...checks],
      }),
    }),
  });

const FiguresType = builder.objectRef<Judgement['mixtures']>('MixtureFigures').implement({
  description: 'Figures on artificial mixtures, 0 to 1.',
  fields: (t) => ({
    miou: t.exposeFloat('miou', { description: 'Mean IoU over types, without background.' }),
    foregroundIou: t.exposeFloat('foregroundIou', { description: 'IoU of cell or not.' }),
    typeAccuracy: t.exposeFloat('typeAccuracy', { description: 'Mean recall over types.' }),
  }),
});

const JudgementType = builder.objectRef<Judgement>('ModelJudgement').implement({
  description: 'How a model does on pure pictures and on mixtures of them; the same ones for its baseline.',
  fields: (t) => ({
    heldOut: t.exposeBoolean('heldOut', { description: 'Whether the pictures were kept out of training.' }),
    pictures: t.exposeInt('pictures', { description: 'Pure pictures that were used.' }),
    mixtures: t.expose('mixtures', { type: FiguresType, description: 'On mixtures of them.' }),
    pureTypeAccuracy: t.exposeFloat('pureTypeAccuracy', {
      description: 'Mean recall over types on unmixed pictures.',
    }),
    selfMix: t.exposeFloatList('selfMix', {
      description:
        'Where a line is mixed with itself: share called another type, in the order of the classes.',
    }),
  }),
});

const CultureType = builder.objectRef<ModelCard['cultures'][number]>('ModelCardCulture').implement({
  description: 'The pictures that a class was learned from.',
  fields: (t) => ({
    type: t.exposeString('type', { description: 'The class.' }),
    pictures: t.exposeInt('pictures', { description: 'Pictures that were trained on.' }),
    replicates: t.exposeStringList('replicates', { description: 'Their replicates, where named.' }),
    heldOutReplicate: t.exposeString('heldOutReplicate', {
      nullable: true,
      description: 'The replicate that was kept out of training.',
    }),
    heldOutPictures: t.exposeInt('heldOutPictures', { description: 'Its pictures.' }),
    leftOut: t.exposeStringList('leftOut', {
      description: 'Names of pictures that were not used: confluent, or without cells.',
    }),
  }),
});

const CardRunType = builder.objectRef<ModelCard['run']>('ModelCardRun').implement({
  description: 'The settings of a training, as the model file has them.',
  fields: (t) => ({
    method: t.exposeString('method', { description: 'cellmixer or baseline.' }),
    preset: t.exposeString('preset', { description: 'fast, balanced or accurate.' }),
    seed: t.exposeInt('seed', { description: 'Same pictures, settings and seed, same model.' }),
    steps: t.exposeInt('steps', { description: 'Steps that were asked for.' }),
    batch: t.exposeInt('batch', { description: 'Crops of a step.' }),
    cropSize: t.exposeInt('cropSize', { description: 'Side of a crop in working pixels.' }),
    learningRate: t.exposeFloat('learningRate', { description: 'At its height.' }),
    provider: t.exposeString('provider', { description: 'On what it was computed.' }),
    lowering: t.exposeString('lowering', { description: 'How the network’s operators were written.' }),
  }),
});

export const ModelCardType = builder.objectRef<ModelCard>('ModelCard').implement({
  description: 'What a person must know of a model before using it.',
  fields: (t) => ({
    run: t.expose('run', { type: CardRunType, description: 'How it was trained.' }),
    typeHead: t.exposeString('typeHead', {
      description: 'softmax: one type a pixel. sigmoid: several, where cells lie over each other.',
    }),
    validation: t.expose('validation', {
      type: FiguresType,
      description: 'On mixtures of the training pictures: a sign of learning, not of generality.',
    }),
    confusion: t.field({
      type: t.listRef(t.listRef('Float')),
      nullable: true,
      description: 'Pixels of true cells by (true class, called class) on the same mixtures.',
      resolve: ({ confusion }) => confusion,
    }),
    cultures: t.field({
      type: [CultureType],
      description: 'What it was trained on, in the order of the classes.',
      resolve: ({ cultures }) => cultures,
    }),
    judgement: t.expose('judgement', {
      type: JudgementType,
      nullable: true,
      description: 'How it does; null where the pictures show too few cells to tell.',
    }),
    judgementProblem: t.exposeString('judgementProblem', {
      nullable: true,
      description: 'Why there is no judgement.',
    }),
    machine: t.expose('machine', {
      type: FingerprintType,
      nullable: true,
      description: 'Of the machine that did the last step.',
    }),
    resumedElsewhere: t.exposeBoolean('resumedElsewhere', {
      description: 'Whether it went on from a checkpoint of a machine that computes otherwise.',
    }),
  }),
});
