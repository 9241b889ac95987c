import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** What the suite makes for itself and keeps between runs: certificates, image archives, what the cluster is. */
export const STATE = process.env.CLUSTER_STATE ?? join(ROOT, '.cluster');
export const CLUSTER_FILE = join(STATE, 'cluster.json');

/** Where the suite's own pods run that belong to no test. */
export const PROGRAMS_NAMESPACE = 'cluster-programs';

/** The image of the suite's own programs. */
export const PROGRAMS_IMAGE = 'cluster-programs.test/programs:1';

/** The manifests of the sample app and of the examples. */
export const EXAMPLES: readonly string[] = [
  ...['my-app', 'site'].map((name) => join(ROOT, 'dist', `${name}.k8s.yaml`)),
  ...readdirSync(join(ROOT, 'examples'))
    .sort()
    .map((name) => join(ROOT, 'examples', name, 'expected.k8s.yaml')),
];
