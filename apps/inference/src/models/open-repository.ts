import { FolderRepository } from './folder-repository.ts';
import type { ModelRepository } from './model-repository.ts';

/** Where the settings say that models lie; the one place that knows the kinds of repositories. */
export type RepositoryPlace = { readonly kind: 'folder'; readonly folder: string };

export function openRepository(place: RepositoryPlace): ModelRepository {
  switch (place.kind) {
    case 'folder':
      return new FolderRepository(place.folder);
  }
}
