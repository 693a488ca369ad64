import type { Database } from '@cellmixer/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsking } from './testing/asking.ts';
import { type OpenWorld, openWorld } from './testing/open-world.ts';
import type { Who, World } from './testing/world.ts';

let opened: OpenWorld;
let database: Database;
let world: World;
let asking: ReturnType<typeof openAsking>;

beforeAll(async () => {
  opened = await openWorld();
  ({ database, world } = opened);
  asking = openAsking(database);
}, 120_000);
afterAll(() => opened?.[Symbol.asyncDispose]());

const person = (who: Who) => ({ userId: world.actors.get(who)?.userId ?? '' });
const idOf = (type: 'TrainingRun' | 'ModelVersion' | 'Model') =>
  Buffer.from(`${type}:${world.rows.get(type)}`).toString('base64');
const stage = (who: Who, reason = 'Counts agree with the haemocytometer.') =>
  asking.mutate(
    person(who),
    'setModelStage',
    { modelVersion: idOf('ModelVersion'), stage: 'ACCEPTED', reason },
    'modelVersion { stage stageReason stagedAt }',
  );

describe('the stage of a model version', () => {
  it('is set by managers, by editors only for what they have trained, and not by strangers', async () => {
    expect(await stage('editor')).toMatchObject({ __typename: 'ForbiddenError' });
    expect(await stage('viewer')).toMatchObject({ __typename: 'ForbiddenError' });
    expect(await stage('other lab')).toMatchObject({ code: 'MODELVERSION_NOT_FOUND' });
    expect(await stage('manager')).toMatchObject({
      modelVersion: { stage: 'ACCEPTED', stageReason: 'Counts agree with the haemocytometer.' },
    });
    const where = { id: world.rows.get('Model') ?? '' };
    const createdById = person('editor').userId;
    await database.model.update({ where, data: { createdById } });
    expect(await stage('editor')).toMatchObject({ __typename: 'SetModelStagePayload' });
    const audited = await database.auditEvent.count({ where: { action: 'setModelStage' } });
    expect(audited).toBe(2);
  });

  it('needs a reason', async () => {
    expect(await stage('manager', ' ')).toMatchObject({ __typename: 'ValidationError', subject: 'reason' });
  });
});

describe('lists', () => {
  const list = (who: Who, args: string) =>
    asking.ask(person(who), `{ trainingRuns(first: 5${args}) { edges { node { name } } } }`);

  it('show the trainings that the asker may see, by status, method and name', async () => {
    const first = { trainingRuns: { edges: [{ node: { name: 'First' } }] } };
    const none = { trainingRuns: { edges: [] } };
    expect(await list('viewer', '')).toEqual(first);
    expect(await list('viewer', ', status: [QUEUED, RUNNING], method: CELLMIXER, search: "irs"')).toEqual(
      first,
    );
    for (const args of [', status: [FAILED]', ', method: BASELINE', ', search: "%"'])
      expect(await list('viewer', args)).toEqual(none);
    expect(await list('other lab', '')).toEqual(none);
  });

  it('show the models with a version of a stage', async () => {
    const models = (stage: string) =>
      asking.ask(person('guest'), `{ models(first: 5, stage: [${stage}]) { edges { node { name } } } }`);
    expect((await models('ACCEPTED')).models.edges).toHaveLength(1);
    expect((await models('ARCHIVED')).models.edges).toEqual([]);
  });
});

describe('a model without a card', () => {
  it('has a verdict that shows nothing, and is not exported', async () => {
    const { node } = await asking.ask(
      person('viewer'),
      'query($id: ID!) { node(id: $id) { ... on ModelVersion { card { typeHead } verdict { level checks { outcome } } } } }',
      { id: idOf('ModelVersion') },
    );
    expect(node).toMatchObject({ card: null, verdict: { level: 'NOT_SHOWN_TO_WORK' } });
    expect(new Set(node.verdict.checks.map((one: { outcome: string }) => one.outcome))).toEqual(
      new Set(['NOT_RUN']),
    );
    const input = { modelVersion: idOf('ModelVersion') };
    expect(await asking.mutate(person('viewer'), 'exportModel', input, 'checksum')).toMatchObject({
      code: 'MODEL_CARD_MISSING',
      cure: expect.anything(),
    });
  });
});

describe('resuming', () => {
  it('does nothing to what waits, and refuses what has ended well', async () => {
    const input = { trainingRun: idOf('TrainingRun') };
    const resume = (who: Who) =>
      asking.mutate(person(who), 'resumeTrainingRun', input, 'trainingRun { status queuePlace }');
    expect(await resume('viewer')).toMatchObject({ __typename: 'ForbiddenError' });
    await database.trainingRun.update({
      where: { id: world.rows.get('TrainingRun') ?? '' },
      data: { status: 'SUCCEEDED' },
    });
    expect(await resume('editor')).toMatchObject({ code: 'TRAINING_FINISHED', cure: expect.anything() });
  });
});
