import { expect, it } from 'vitest';
import { everyPage, routesOfApp } from '../journeys/every-page.ts';

it('every page of the portal is one that is looked at for accessibility and for its states', () => {
  expect(Object.keys(everyPage).toSorted()).toEqual(routesOfApp());
});
