/** A model with the versions that there are, oldest first. */
export interface RepositoryModel {
  readonly name: string;
  readonly versions: readonly string[];
}

/** Where models lie, by name and version. Versions are whole numbers from 1 in digits; the greatest is the newest. */
export interface ModelRepository {
  list(): Promise<readonly RepositoryModel[]>;
  /** Oldest first; empty for a model that is not there. */
  versions(name: string): Promise<readonly string[]>;
  /** The bytes of the ONNX file. @throws MODEL_NOT_FOUND */
  read(name: string, version: string): Promise<Uint8Array>;
}

/** Names that are one step of a path, in a folder as in a bucket. */
export function isModelName(name: string): boolean {
  return /^[A-Za-z0-9_][\w.-]{0,199}$/.test(name);
}

export function isModelVersion(version: string): boolean {
  return /^[1-9]\d{0,14}$/.test(version);
}

/** The versions among some names, oldest first. */
export function sortedVersions(names: readonly string[]): string[] {
  return names.filter(isModelVersion).sort((a, b) => Number(a) - Number(b));
}
