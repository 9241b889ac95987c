import { ApiObject, App, Chart, Lazy, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { PodRules, Severity } from '../../src';

/** A pod that a rule has one error against. */
const BROKEN = { containers: [{ name: 'web', image: 'acme/web:1.0.0', port: [{ containerPort: 8080 }] }] };
const FINDING = 'error Pod/web spec.containers[0].port: Container has no field "port"; write `ports` (unknown-field)';

describe('enforced rules', () => {
  test('fail `Testing.synth` with the construct of each finding', () => {
    const chart = chartWith(pod('web', BROKEN), pod('api', BROKEN));
    PodRules.enforce(chart);
    expect(() => Testing.synth(chart)).toThrow(
      new Error(
        `Validation failed with the following errors:\n  [shop/web] ${FINDING}\n  [shop/api] ${FINDING.replace('Pod/web', 'Pod/api')}`,
      ),
    );
  });

  test('fail `app.synth`', () => {
    const chart = chartWith(pod('web', BROKEN));
    PodRules.enforce(chart.node.root);
    expect(() => (chart.node.root as App).synth()).toThrow(`[shop/web] ${FINDING}`);
  });

  test('tell the path of a construct once, whatever the scope, and again in the next synth', () => {
    const chart = chartWith(pod('web', BROKEN));
    const object = chart.node.findChild('web');
    for (const scope of [object, chart]) {
      PodRules.enforce(scope);
    }
    for (const _ of ['first', 'second']) {
      expect(errorsOf(() => Testing.synth(chart))).toEqual([`[shop/web] ${FINDING}`, `[shop/web] ${FINDING}`]);
    }
  });

  test('tell what is found in an object that has no path of its own', () => {
    const chart = new Chart(Testing.app(), 'shop');
    const resource = new ApiObject(new Construct(chart, 'web'), 'Resource', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: BROKEN,
    } as any);
    PodRules.enforce(resource);
    expect(errorsOf(() => Testing.synth(chart))).toEqual([`[shop/web/Resource] ${FINDING}`]);
  });

  test('let sound manifests pass', () => {
    const chart = chartWith(pod('web', { containers: [{ name: 'web', image: 'acme/web:1.0.0' }] }));
    PodRules.enforce(chart);
    expect(Testing.synth(chart)).toHaveLength(1);
  });

  test('see what is added and repaired after they were enforced', () => {
    const chart = new Chart(Testing.app(), 'shop');
    PodRules.enforce(chart);
    const image = { value: '' };
    const spec = { containers: [{ name: 'web', image: Lazy.any({ produce: () => image.value }) }] };
    pod('web', spec)(chart);
    expect(() => Testing.synth(chart)).toThrow('(container-image)');
    image.value = 'acme/web:1.0.0';
    expect(Testing.synth(chart)).toHaveLength(1);
  });

  test('report only what lies in their scope, once for each scope', () => {
    const app = Testing.app();
    const [shop, site] = ['shop', 'site'].map((id) => new Chart(app, id));
    pod('web', BROKEN)(shop!);
    PodRules.enforce(site!);
    expect(Testing.synth(shop!)).toHaveLength(1);
    PodRules.enforce(app);
    expect(errorsOf(() => Testing.synth(site!))).toEqual([`[shop/web] ${FINDING}`]);
  });

  test.each([undefined, '1.34'])(
    'compare objects with those before them, for whatever version: %j',
    (kubernetesVersion) => {
      const ports = [{ containerPort: 8080, hostPort: 80 }];
      const spec = { containers: [{ name: 'web', image: 'acme/web:1.0.0', ports }] };
      const chart = chartWith(pod('web', spec), pod('api', spec), pod('again', spec, undefined, 'web'));
      PodRules.enforce(chart, { kubernetesVersion, failOn: Severity.WARNING });
      expect(
        errorsOf(() => Testing.synth(chart)).filter((error) => /host-port-shared|object-duplicate/.test(error)),
      ).toEqual([
        expect.stringMatching(/^\[shop\/api] .*is that of Pod\/web, too.*\(host-port-shared\)$/),
        expect.stringMatching(/^\[shop\/again] .*Pod\/web stands twice.*\(object-duplicate\)$/),
        expect.stringMatching(/^\[shop\/again] .*is that of Pod\/api, too.*\(host-port-shared\)$/),
      ]);
    },
  );

  test('look up other objects in the whole app', () => {
    const app = Testing.app();
    const [shop, config] = ['shop', 'config'].map((id) => new Chart(app, id));
    const env = [{ name: 'MODE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode' } } }];
    pod('web', { containers: [{ name: 'web', image: 'acme/web:1.0.0', env }] })(shop!);
    new ApiObject(config!, 'settings', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { level: 'info' },
    } as any);
    PodRules.enforce(shop!);
    expect(() => Testing.synth(shop!)).toThrow('(config-missing)');
  });

  test('fail on lesser findings where they are told to', () => {
    const untagged = { containers: [{ name: 'web', image: 'acme/web' }] };
    const [lenient, strict] = [chartWith(pod('web', untagged)), chartWith(pod('web', untagged))];
    PodRules.enforce(lenient);
    PodRules.enforce(strict, { failOn: Severity.WARNING });
    expect(Testing.synth(lenient)).toHaveLength(1);
    expect(() => Testing.synth(strict)).toThrow('(image-tag)');
  });

  test('take other severities, and keep suppressed findings out', () => {
    const chart = chartWith(pod('web', BROKEN));
    PodRules.enforce(chart, { severities: { 'unknown-field': Severity.OFF } });
    expect(Testing.synth(chart)).toHaveLength(1);
    const annotations = { 'cdk8s-pod-patterns/ignore': 'unknown-field: our fork of Kubernetes knows it' };
    const excused = chartWith(pod('web', BROKEN, annotations));
    PodRules.enforce(excused);
    expect(Testing.synth(excused)).toHaveLength(1);
  });

  test.each([
    [
      { severities: { 'unknown-fields': Severity.OFF } },
      '`severities` names "unknown-fields", which is no rule; write "unknown-field"',
    ],
    [
      { severities: { 'unknown-field': 'none' as Severity } },
      '`severities["unknown-field"]` is "none", which is no severity; pass another (known: error, warning, info, off)',
    ],
    [
      { failOn: 'always' as Severity },
      '`failOn` is "always", which is no severity; pass another (known: error, warning, info, off)',
    ],
  ])('refuse the settings %j at once', (options, message) => {
    expect(() => PodRules.enforce(Testing.chart(), options)).toThrow(new Error(`[PodRules] ${message}`));
  });

  test('render and check the app once, however many charts are enforced', () => {
    const app = new App({ outdir: '/nowhere' });
    let rendered = 0;
    for (let index = 0; index < 10; index++) {
      const chart = new Chart(app, `chart-${index}`);
      const name = Lazy.any({ produce: () => `web-${++rendered}` });
      pod(`web-${index}`, { containers: [{ name, image: 'acme/web:1.0.0' }] })(chart);
      PodRules.enforce(chart);
    }
    app.synthYaml();
    expect(rendered).toBe(2 * 10);
  });
});

function chartWith(...objects: ((chart: Chart) => void)[]): Chart {
  const chart = new Chart(Testing.app(), 'shop');
  for (const add of objects) {
    add(chart);
  }
  return chart;
}

function pod(id: string, spec: unknown, annotations?: Record<string, string>, name = id): (chart: Chart) => void {
  const metadata = { name, annotations };
  return (chart) => new ApiObject(chart, id, { apiVersion: 'v1', kind: 'Pod', metadata, spec } as any);
}

function errorsOf(synth: () => unknown): string[] {
  try {
    synth();
    return [];
  } catch (error) {
    return (error as Error).message.split('\n  ').slice(1);
  }
}
