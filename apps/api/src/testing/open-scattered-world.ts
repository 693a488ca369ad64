import type { Actor } from '../access/actor.ts';
import { loadActor } from '../access/load-actor.ts';
import { loadReviewer } from '../access/load-reviewer.ts';
import { multiplyWorld } from './multiply-world.ts';
import { type OpenWorld, openWorld } from './open-world.ts';
import { scatterWorld } from './scatter-world.ts';
import { people, REVIEWER_TOKEN, type Who } from './world.ts';

export interface ScatteredWorld extends OpenWorld {
  /** Everybody, with the rights of this moment. */
  readonly actors: ReadonlyMap<Who, Actor>;
}

/** The world many times over and scattered among the labs, for what must hold for whoever asks and whatever is asked for. */
export async function openScatteredWorld(): Promise<ScatteredWorld> {
  await using opening = new AsyncDisposableStack();
  const { databaseUrl, database, world } = opening.use(await openWorld());
  await multiplyWorld(database, world, 6);
  await scatterWorld(database, world);
  const actors = new Map<Who, Actor>();
  for (const who of people) {
    const actor = world.actors.get(who)!;
    const { kind, userId } = actor;
    actors.set(who, kind === 'person' ? await loadActor(database, { userId: userId ?? '' }) : actor);
  }
  actors.set('reviewer', await loadReviewer(database, REVIEWER_TOKEN));
  const opened = opening.move();
  return { databaseUrl, database, world, actors, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
