import type { StorageSettings } from '@cellmixer/storage';
import { FolderRepository } from './folder-repository.ts';
import type { ModelRepository } from './model-repository.ts';

/** Where the settings say that models lie; the one place that knows the kinds of repositories. */
export type RepositoryPlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'bucket'; readonly bucket: StorageSettings };

export async function openRepository(place: RepositoryPlace): Promise<ModelRepository> {
  if (place.kind === 'folder') return new FolderRepository(place.folder);
  // Loaded only where it is needed.
  const { openStorage } = await import('@cellmixer/storage');
  const { BucketRepository } = await import('./bucket-repository.ts');
  return new BucketRepository(openStorage(place.bucket));
}
