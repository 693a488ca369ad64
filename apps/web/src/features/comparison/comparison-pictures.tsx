'use client';

import { clsx } from 'clsx';
import { useMemo, useState } from 'react';
import { useAsk } from '#api/use-ask.ts';
import { graphql } from '#graphql';
import type { ComparedPictureQuery as PictureData } from '#graphql/graphql.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { ViewerGroup } from '#viewer/viewer-group.tsx';
import { Viewer } from '../segmentation/lazy-viewer.tsx';
import { useAddress } from '../segmentation/use-address.ts';
import { useWide } from '../segmentation/use-wide.ts';
import type { Comparison, NameOf } from './comparison-view.tsx';

const ComparedPictureQuery = graphql(`
  query ComparedPicture($id: ID!) {
    node(id: $id) {
      __typename
      ... on Image {
        id
        name
        pyramidUrl
        pixelSizeUm
        segmentations(first: 50, succeeded: true) {
          edges { node { id classMapUrl instancesUrl modelVersion { id } } }
        }
      }
    }
  }
`);

type Image = Extract<NonNullable<PictureData['node']>, { readonly __typename: 'Image' }>;
type Version = Comparison['modelVersions'][number];

export interface ComparisonPicturesProps {
  readonly comparison: Comparison;
  readonly nameOf: NameOf;
}

/** A strip of the images, those first on which the models agree least; below it the chosen one, model by model. */
export function ComparisonPictures({ comparison, nameOf }: ComparisonPicturesProps) {
  const images = useMemo(
    () =>
      comparison.images
        .flatMap(({ image, agreements }) =>
          image === null ? [] : [{ ...image, agree: Math.min(1, ...agreements.map(({ agree }) => agree)) }],
        )
        .toSorted((a, b) => a.agree - b.agree),
    [comparison.images],
  );
  const [chosen, setChosen] = useState(images[0]?.id ?? null);
  const [together, setTogether] = useState(false);
  const wide = useWide();
  if (images.length === 0) return null;
  if (!wide) {
    return (
      <p className="text-base text-muted">
        Pictures side by side need a screen of 768 pixels or more; every figure stands below.
      </p>
    );
  }
  return (
    <>
      <div className="mb-3 flex items-start justify-between gap-4">
        <ul className="flex min-w-0 gap-2 overflow-x-auto p-1">
          {images.map(({ id, name, thumbnailUrl, agree }) => (
            <li key={id} className="shrink-0">
              <button
                type="button"
                aria-pressed={id === chosen}
                onClick={() => setChosen(id)}
                className={clsx(
                  'block w-24 rounded-ui border p-1 text-left',
                  id === chosen ? 'border-ink' : 'border-line hover:border-edge',
                )}
              >
                {thumbnailUrl !== null && (
                  <img src={thumbnailUrl} alt="" className="h-16 w-full bg-image object-cover" />
                )}
                <span className="mt-1 block truncate text-xs">{name}</span>
                <span className="block text-muted text-xs">{`agree ${(100 * agree).toFixed(1)} %`}</span>
              </button>
            </li>
          ))}
        </ul>
        <fieldset className="flex shrink-0 gap-4 pt-1 text-base">
          <legend className="sr-only">How the models are shown</legend>
          {[false, true].map((value) => (
            <label key={String(value)} className="flex items-center gap-1.5">
              <input
                type="radio"
                name="together"
                className="accent-ink"
                checked={together === value}
                onChange={() => setTogether(value)}
              />
              {value ? 'Over each other' : 'Side by side'}
            </label>
          ))}
        </fieldset>
      </div>
      {chosen !== null && (
        <Pictures key={chosen} image={chosen} comparison={comparison} nameOf={nameOf} together={together} />
      )}
    </>
  );
}

interface PicturesProps extends ComparisonPicturesProps {
  readonly image: string;
  readonly together: boolean;
}

function Pictures({ image: id, comparison, nameOf, together }: PicturesProps) {
  const { data, error } = useAsk(ComparedPictureQuery, { id });
  if (error !== undefined) {
    return <p role="alert" className="text-bad text-sm">{`The picture cannot be read: ${error.message}`}</p>;
  }
  const image = data?.node?.__typename === 'Image' ? data.node : null;
  if (image === null) return <Skeleton className="h-96 w-full" />;
  const shown = comparison.modelVersions.flatMap((version) => {
    const found = image.segmentations.edges.find(({ node }) => node.modelVersion.id === version.id)?.node;
    return found === undefined ? [] : [{ version, segmentation: found }];
  });
  const [first, second] = shown;
  if (together && first !== undefined && second !== undefined) {
    return (
      <>
        <div className="h-[min(70vh,44rem)] overflow-hidden rounded-ui bg-image">
          <Over image={image} first={first} second={second} nameOf={nameOf} />
        </div>
        <p className="mt-2 text-muted text-xs">
          {`${nameOf(first.version.id)} and ${nameOf(second.version.id)} on the same picture: the viewer’s panel swipes between them and shows where they disagree.`}
        </p>
      </>
    );
  }
  return (
    <ViewerGroup>
      <div className="grid grid-cols-2 gap-3">
        {shown.map((one) => (
          <figure key={one.version.id} className="min-w-0">
            <figcaption className="mb-1 truncate text-sm">{nameOf(one.version.id)}</figcaption>
            <div className="h-[min(56vh,36rem)] overflow-hidden rounded-ui bg-image">
              <One image={image} {...one} label={`${image.name}, ${nameOf(one.version.id)}`} />
            </div>
          </figure>
        ))}
      </div>
    </ViewerGroup>
  );
}

interface Shown {
  readonly version: Version;
  readonly segmentation: Image['segmentations']['edges'][number]['node'];
}

function One({
  image,
  version,
  segmentation,
  label,
}: Shown & { readonly image: Image; readonly label: string }) {
  const picture = useAddress(segmentation.id, 'pyramid', image.pyramidUrl);
  const classMap = useAddress(segmentation.id, 'classMap', segmentation.classMapUrl);
  const instances = useAddress(segmentation.id, 'instances', segmentation.instancesUrl);
  const classes = useClasses(version);
  if (picture === null) return null;
  return (
    <Viewer
      label={label}
      picture={picture}
      classMap={classMap}
      instances={instances}
      classes={classes}
      pixelSizeUm={image.pixelSizeUm}
    />
  );
}

interface OverProps {
  readonly image: Image;
  readonly first: Shown;
  readonly second: Shown;
  readonly nameOf: NameOf;
}

function Over({ image, first, second, nameOf }: OverProps) {
  const picture = useAddress(first.segmentation.id, 'pyramid', image.pyramidUrl);
  const classMap = useAddress(first.segmentation.id, 'classMap', first.segmentation.classMapUrl);
  const otherMap = useAddress(second.segmentation.id, 'classMap', second.segmentation.classMapUrl);
  const classes = useClasses(first.version);
  if (picture === null) return null;
  return (
    <Viewer
      label={image.name}
      picture={picture}
      classMap={classMap}
      otherMap={otherMap}
      mapNames={[nameOf(first.version.id), nameOf(second.version.id)]}
      classes={classes}
      pixelSizeUm={image.pixelSizeUm}
      link={swiped}
    />
  );
}

/** Begins with the edge in the middle: classes filled, unassigned shown. */
const swiped = 'm100102_0.5';

function useClasses(version: Version) {
  return useMemo(
    () => version.classes.map((name, place) => ({ name, colour: version.colours[place] ?? null })),
    [version],
  );
}
