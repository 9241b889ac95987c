import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type FindingPlace, PodRules } from '../src';
import { findPodTemplate, listContainers, type PodSpec } from '../src/pod/manifest/pod-template';
import { credentialsIn } from './credentials';
import { schemaProblems } from './kubernetes-schema';
import { restrictedViolations } from './restricted';
import { WORKLOADS } from './support';

const ROOT = join(__dirname, '..');
const EXAMPLES = readdirSync(join(ROOT, 'examples')).filter((name) => /^\d\d-/.test(name));

/** Each app, with the committed files that hold what it synthesizes. */
const APPS: readonly [app: string, expected: (chart: string) => string][] = [
  ['src/main.ts', (chart) => `dist/${chart}`],
  ...EXAMPLES.map((name): [string, () => string] => [
    `examples/${name}/main.ts`,
    () => `examples/${name}/expected.k8s.yaml`,
  ]),
];

/** The apps whose platform gives the pods their users. */
const ASSIGNED = ['examples/49-openshift/main.ts'];

const CHARTS = new Map(APPS.map(([app]) => [app, run(join(ROOT, app))]));

describe.each(APPS)('%s', (app, expected) => {
  const charts = CHARTS.get(app)!;

  test('synthesizes the YAML that is committed', () => {
    for (const [chart, yaml] of charts) {
      const file = join(ROOT, expected(chart));
      if (process.env.UPDATE_GOLDEN) {
        writeFileSync(file, yaml);
      }
      expect(`${relative(ROOT, file)}:\n${yaml}`).toBe(`${relative(ROOT, file)}:\n${readFileSync(file, 'utf8')}`);
    }
  });

  test('gives manifests that Kubernetes takes, in pods that are restricted', () => {
    const manifests = manifestsOf(charts);
    expect(manifests.filter(isOfKubernetes).flatMap(schemaProblems)).toEqual([]);
    const pods = manifests.filter(hasPod).map((manifest) => omitExisting(app, findPodTemplate(manifest).spec));
    expect(pods.flatMap(restrictedViolations)).toEqual([]);
    for (const container of pods.flatMap(listContainers)) {
      expect(container.securityContext).toMatchObject({
        readOnlyRootFilesystem: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(container.securityContext!.runAsUser).toEqual(ASSIGNED.includes(app) ? undefined : expect.any(Number));
    }
  });

  test('passes all rules as far as it is ours, and what is suppressed says why', () => {
    const existing = listExisting(app);
    const isOurs = ({ message }: FindingPlace) => !existing.some((name) => message.includes(`"${name}"`));
    const { findings } = PodRules.check(manifestsOf(charts));
    expect(findings.filter((finding) => (finding.places ?? [finding]).some(isOurs))).toEqual([]);
  });

  test('has what a pod mounts before the pod, so that nothing waits when the file is applied', () => {
    const manifests = manifestsOf(charts).map((manifest) => ({
      ...manifest,
      name: `${manifest.kind}/${manifest.metadata.name}`,
    }));
    const names = manifests.map(({ name }) => name);
    for (const [index, manifest] of manifests.entries()) {
      const mounted = hasPod(manifest) && !isElsewhere(app) ? listMounted(findPodTemplate(manifest).spec) : [];
      expect(mounted.filter((name) => names.indexOf(name) > index)).toEqual([]);
    }
  });

  test('says nothing that the API server would drop, so that an unchanged `apply` says so', () => {
    for (const manifest of manifestsOf(charts).filter((candidate) => hasPod(candidate) && !isElsewhere(app))) {
      expect(manifest.spec.minReadySeconds).not.toBe(0);
      expect(findPodTemplate(manifest).spec.hostNetwork).not.toBe(false);
    }
  });

  test('shows no credential', () => {
    expect([...charts.values()].flatMap(credentialsIn)).toEqual([]);
  });
});

test('dist holds nothing but what the sample app synthesizes', () => {
  const manifests = readdirSync(join(ROOT, 'dist')).filter((file) => file.endsWith('.yaml'));
  expect(manifests.sort()).toEqual([...CHARTS.get('src/main.ts')!.keys()].sort());
});

/** Objects whose schema is known here: of Kubernetes itself, and a PodMonitor. */
function isOfKubernetes({ apiVersion }: any): boolean {
  return !apiVersion.startsWith('argoproj.io/');
}

/** Objects with a pod, of cdk8s-plus or of other kinds. */
function hasPod({ kind, spec }: any): boolean {
  return kind in WORKLOADS || spec?.template?.spec?.containers !== undefined;
}

/** What a chart of somebody else gives to an app, which stays as it is. */
function readExisting(app: string): any[] {
  const file = join(ROOT, app, '../chart.yaml');
  const documents = existsSync(file) ? parseAllDocuments(readFileSync(file, 'utf8')) : [];
  return documents.map((document) => document.toJS()).filter(Boolean);
}

/** Whether the pods of an app are made by a chart or another cdk8s-plus, whose fields and order stay. */
function isElsewhere(app: string): boolean {
  return app.includes('/46-') || readExisting(app).length > 0;
}

/** The ConfigMaps and claims that a pod mounts, as `kind/name`. */
function listMounted({ volumes = [] }: PodSpec): string[] {
  return volumes.flatMap(({ configMap, persistentVolumeClaim }: any) => [
    ...(configMap ? [`ConfigMap/${configMap.name}`] : []),
    ...(persistentVolumeClaim ? [`PersistentVolumeClaim/${persistentVolumeClaim.claimName}`] : []),
  ]);
}

/** The names of the containers and volumes that were there. */
function listExisting(app: string): string[] {
  return readExisting(app)
    .filter(hasPod)
    .map((manifest) => findPodTemplate(manifest).spec)
    .flatMap((spec) => [...listContainers(spec), ...(spec.volumes ?? [])].map(({ name }) => name));
}

/** A pod without the containers that were there. */
function omitExisting(app: string, spec: PodSpec): PodSpec {
  const existing = listExisting(app);
  const isOurs = ({ name }: { readonly name: string }) => !existing.includes(name);
  return {
    ...spec,
    initContainers: (spec.initContainers ?? []).filter(isOurs),
    containers: spec.containers.filter(isOurs),
  };
}

function manifestsOf(charts: Map<string, string>): any[] {
  return [...charts.values()].flatMap((yaml) => parseAllDocuments(yaml).map((document) => document.toJS()));
}

/** Runs an app as the cdk8s CLI does, and gives what it wrote by file name. The library is loaded once for all apps. */
function run(app: string): Map<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'golden-'));
  process.env.CDK8S_OUTDIR = outdir;
  try {
    require(app);
    return new Map(readdirSync(outdir).map((file) => [file, readFileSync(join(outdir, file), 'utf8')]));
  } finally {
    delete process.env.CDK8S_OUTDIR;
    rmSync(outdir, { recursive: true });
  }
}
