import { loadYaml } from '../private/yaml';

/** The fields that a reader looks for first. All other fields follow in alphabetical order. */
const FIRST = ['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'image'];

/**
 * Manifests as YAML for reviewers: fields in one order, which is `apiVersion`, `kind`, `metadata`, `name`, `namespace`, `image`,
 * then the alphabet; texts of several lines as they are; one document after the other.
 */
export function formatManifests(manifests: readonly unknown[]): string {
  return manifests
    .map((manifest) =>
      loadYaml().stringify(sortFields(manifest), {
        version: '1.1',
        lineWidth: 0,
        blockQuote: 'literal',
        aliasDuplicateObjects: false,
      }),
    )
    .join('---\n');
}

function sortFields(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortFields);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    entries
      .sort(([a], [b]) => toRank(a) - toRank(b) || (a < b ? -1 : 1))
      .map(([key, field]) => [key, sortFields(field)]),
  );
}

function toRank(key: string): number {
  const place = FIRST.indexOf(key);
  return place < 0 ? FIRST.length : place;
}
