import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, type Chart, Include, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as newest from 'cdk8s-plus-34';
import type { IConstruct } from 'constructs';
import { findPodTemplate, listContainers } from '../src/pod/manifest/pod-template';
import { tryFindPodPath } from '../src/private/pod-places';
import { APP, listWorkloads, newChart, WORKLOADS } from './support';

const NEWEST = listWorkloads(newest as unknown as typeof kplus);

const L1 = kplus.k8s as unknown as Record<string, new (chart: Chart, id: string, props: object) => IConstruct>;

/** A workload as cdk8s-plus renders it alone: the manifest that others have made. */
export function renderWorkload(kind = 'Deployment', containers: kplus.ContainerProps[] = [APP]): any {
  const chart = newChart();
  WORKLOADS[kind]!(chart, { containers, metadata: { name: 'workload' } });
  return Testing.synth(chart).find((manifest) => manifest.kind === kind);
}

type ExistingMaker = (chart: Chart, manifest: any) => IConstruct;

/** The ways in which a workload of any kind comes into an app. */
export const WAYS: Readonly<Record<string, ExistingMaker>> = {
  'the newest cdk8s-plus': (chart, { kind }) => NEWEST[kind]!(chart, { containers: [APP] }),
  'an L1 construct': (chart, { kind, apiVersion, ...props }) => new L1[`Kube${kind}`]!(chart, 'workload', props),
  'an ApiObject': (chart, manifest) => new ApiObject(chart, 'workload', manifest),
  'an Include': (chart, manifest) => includeYaml(chart, [manifest]),
};

/** The kinds that are no Kubernetes' own and have the pod of a Deployment. */
export const CUSTOM: Readonly<Record<string, ExistingMaker>> = {
  'a Rollout': (chart, { metadata, spec }) =>
    new ApiObject(chart, 'workload', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata, spec }),
  'a Service of Knative': (chart, { metadata, spec: { template } }) =>
    new ApiObject(chart, 'workload', {
      ...{ apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata },
      spec: { template },
    }),
};

/** The ways in which a Deployment comes into an app, or the same pod in another kind. */
export const EXISTING: Readonly<Record<string, ExistingMaker>> = { ...WAYS, ...CUSTOM };

/** Manifests as an app finds them in a file. */
export function includeYaml(chart: Chart, manifests: readonly unknown[]): Include {
  const folder = mkdtempSync(join(tmpdir(), 'existing-'));
  const url = join(folder, 'all.yaml');
  try {
    writeFileSync(url, Yaml.stringify(...manifests));
    return new Include(chart, 'included', { url });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All that is in manifests beside this bare one, without the names that come from paths. */
export function listAdditions(manifests: readonly any[], bare: any): unknown {
  const workload = manifests.find(({ apiVersion, kind }) => tryFindPodPath(apiVersion, kind) !== undefined);
  const [before, after] = [bare, workload].map((manifest) => findPodTemplate(manifest).spec as any);
  const texts = new Map(manifests.filter(({ kind }) => kind === 'ConfigMap').map((map) => [map.metadata.name, map]));
  const rest = (list: any[] = [], known: any[] = []) => list.slice(known.length);
  const [appBefore, appAfter] = [before, after].map((spec) => spec.containers.find(({ name }: any) => name === 'app'));
  return {
    containers: listContainers(after).filter(({ name }) => name !== 'app'),
    volumes: (after.volumes ?? []).map((volume: any) => ({
      ...volume,
      ...(volume.configMap ? { configMap: { ...volume.configMap, name: texts.get(volume.configMap.name)?.data } } : {}),
    })),
    app: ['env', 'ports', 'volumeMounts'].map((field) => rest(appAfter[field], appBefore[field])),
    grace: after.terminationGracePeriodSeconds,
    group: after.securityContext?.fsGroup,
  };
}
