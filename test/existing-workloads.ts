import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, type Chart, Include, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as newest from 'cdk8s-plus-34';
import type { IConstruct } from 'constructs';
import { findPodTemplate, listContainers } from '../src/pod/manifest/pod-template';
import { APP, newChart } from './support';

/** A Deployment as cdk8s-plus renders it alone: the manifest that others have made. */
export function renderDeployment(containers: kplus.ContainerProps[] = [APP]): any {
  const chart = newChart();
  new kplus.Deployment(chart, 'workload', { containers, metadata: { name: 'workload' } });
  return Testing.synth(chart)[0];
}

/** The ways in which a Deployment comes into an app, or the same pod in another kind. */
export const EXISTING: Readonly<Record<string, (chart: Chart, manifest: any) => IConstruct>> = {
  'a Deployment of the newest cdk8s-plus': (chart) =>
    new newest.Deployment(chart, 'workload', { containers: [APP as newest.ContainerProps] }),
  'an L1 Deployment': (chart, { metadata, spec }) =>
    new kplus.k8s.KubeDeployment(chart, 'workload', { metadata, spec }),
  'an ApiObject': (chart, manifest) => new ApiObject(chart, 'workload', manifest),
  'an Include': (chart, manifest) => includeYaml(chart, [manifest]),
  'a Rollout': (chart, { metadata, spec }) =>
    new ApiObject(chart, 'workload', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata, spec }),
  'a Service of Knative': (chart, { metadata, spec: { template } }) =>
    new ApiObject(chart, 'workload', {
      ...{ apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata },
      spec: { template },
    }),
};

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
  const workload = manifests.find(({ kind, spec }) => kind !== 'ConfigMap' && spec?.template);
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
