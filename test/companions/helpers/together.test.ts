import { Testing } from 'cdk8s';
import fc from 'fast-check';
import {
  ConfigReload,
  ConfigReloader,
  GitSync,
  MultiContainerPod,
  PodRules,
  VaultAgent,
  VaultAuth,
} from '../../../src';
import { listContainers } from '../../../src/pod/manifest/pod-template';
import { schemaProblems } from '../../kubernetes-schema';
import { restrictedViolations } from '../../restricted';
import { assertAlways } from '../../runs';
import { newChart, newDeployment, podSpec } from '../../support';

const HELPERS = [
  () => new GitSync({ repository: 'https://git.example.com/acme/site.git', directory: '/site' }),
  () =>
    new VaultAgent({
      address: 'https://vault.example.com:8200',
      auth: VaultAuth.kubernetes({ role: 'shop' }),
      templates: [{ file: 'key', content: '{{ with secret "kv/shop" }}{{ .Data.key }}{{ end }}' }],
    }),
  () =>
    new ConfigReloader({
      directory: '/etc/app',
      files: { 'app.conf': 'level=info' },
      reload: ConfigReload.byHttp({ port: 8080, path: '/reload' }),
    }),
  () =>
    new ConfigReloader({
      name: 'signaller',
      directory: '/etc/routes',
      files: { 'routes.conf': '/ -> /shop' },
      reload: ConfigReload.bySignal({ process: 'app' }),
    }),
];

test('helpers get along in one pod, in any number and order', () => {
  assertAlways(
    fc.property(fc.shuffledSubarray(HELPERS, { minLength: 1 }), (helpers) => {
      const chart = newChart();
      const pod = MultiContainerPod.of(newDeployment(chart));
      for (const make of helpers) {
        pod.add(make());
      }
      const manifests = Testing.synth(chart);
      expect(manifests.flatMap(schemaProblems)).toEqual([]);
      expect(PodRules.check(manifests).findings).toEqual([]);
      expect(restrictedViolations(podSpec(chart))).toEqual([]);
      const names = listContainers(podSpec(chart)).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }),
    30,
  );
});
