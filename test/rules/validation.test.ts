import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ValidationContext } from 'cdk8s-cli/plugins';
import { parse } from 'yaml';
import { PodRulesValidation, Severity } from '../../src';

const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'validation-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A Deployment and a Service that share their name, each with an error. */
const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: acme/web:1.4
          port: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  port: [{port: 80}]
`;

describe('the validation of the cdk8s CLI', () => {
  test('fails on errors, and names file, line, field and fix of each', async () => {
    const { report } = await validate({ 'shop.k8s.yaml': SHOP });
    const { violations, summary } = report.toJson();
    expect(report.success).toBe(false);
    expect(summary.metadata).toEqual({ Findings: expect.stringMatching(/^2 errors/) });
    const [unknown] = violations.filter(({ ruleName }) => ruleName === 'unknown-field (error)');
    expect(unknown!.violatingConstructs).toMatchObject([
      {
        resourceName: 'Deployment/web',
        locations: ['spec.template.spec.containers[0].port: Container has no field "port"; write `ports`'],
        manifestPath: join(folder, 'shop.k8s.yaml:12'),
      },
      {
        resourceName: 'Service/web',
        locations: ['spec.port: ServiceSpec has no field "port"; write `ports`'],
        manifestPath: join(folder, 'shop.k8s.yaml:19'),
      },
    ]);
    expect(unknown!.recommendation).toContain('kubectl refuses it');
  });

  test('names the construct of each object, even where two share a name', async () => {
    const paths = { 'Deployment/web': 'shop/deployment', 'Service/web': 'shop/service' };
    writeFileSync(join(folder, 'construct-paths.json'), JSON.stringify(paths));
    const { report } = await validate({ 'shop.k8s.yaml': SHOP }, {}, { web: { path: 'shop/service' } });
    rmSync(join(folder, 'construct-paths.json'));
    expect(constructsIn(report)).toEqual(['shop/deployment', 'shop/service']);
  });

  test('names no construct rather than a wrong one', async () => {
    const { report } = await validate({ 'shop.k8s.yaml': SHOP }, {}, { web: { path: 'shop/service' } });
    expect(constructsIn(report)).toEqual([undefined, undefined]);
  });

  test('takes the construct that cdk8s recorded where a name is not shared', async () => {
    const service = SHOP.split('---\n')[1]!;
    const { report } = await validate({ 'shop.k8s.yaml': service }, {}, { web: { path: 'shop/service' } });
    expect(constructsIn(report)).toEqual(['shop/service']);
  });

  test('looks up objects across the files', async () => {
    const [deployment, service] = SHOP.replace(/port: \[/g, 'ports: [').split('---\n');
    const { report } = await validate({ 'a.k8s.yaml': deployment!, 'b.k8s.yaml': service! });
    const target = report.toJson().violations.find(({ ruleName }) => ruleName === 'service-port-unlisted (warning)');
    expect(target?.violatingConstructs).toMatchObject([{ resourceName: 'Service/web' }]);
  });

  test('succeeds where no finding is as severe as `failOn`, and still lists the others', async () => {
    const untagged = SHOP.split('---\n')[0]!.replace('port:', 'ports:').replace(':1.4', '');
    const lenient = await validate({ 'shop.k8s.yaml': untagged });
    const strict = await validate({ 'shop.k8s.yaml': untagged }, { failOn: 'warning' });
    expect(lenient.report.success).toBe(true);
    expect(lenient.report.toString()).toContain('image-tag (warning)');
    expect(strict.report.success).toBe(false);
  });

  test('applies the severities of `cdk8s.yaml`', async () => {
    const { report } = await validate({ 'shop.k8s.yaml': SHOP }, { severities: { 'unknown-field': Severity.OFF } });
    expect(report.toString()).not.toContain('unknown-field');
  });

  test.each([
    [{ severity: {} }, '`properties` has no `severity`; it takes `severities`, `failOn` and `kubernetesVersion`'],
    [{ severities: { ports: 'off' } }, '`severities` names "ports", which is no rule; docs/rules.md lists all rules'],
    [{ failOn: 'never' }, '`failOn` is "never", which is no severity; pass another (known: error, warning, info, off)'],
  ])('refuses the properties %j', (properties, message) => {
    expect(() => new PodRulesValidation(properties)).toThrow(message);
  });
});

test('this project validates itself with it, at its own version', () => {
  const { validations } = parse(readFileSync(join(__dirname, '../../cdk8s.yaml'), 'utf8'));
  expect(validations).toEqual([
    { package: './', version, class: PodRulesValidation.name, properties: { failOn: 'info' } },
  ]);
});

async function validate(files: Record<string, string>, properties = {}, metadata = {}): Promise<ValidationContext> {
  const manifests = Object.entries(files).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  const context = new ValidationContext(manifests, 'cdk8s-pod-patterns', version, metadata, false);
  await new PodRulesValidation(properties).validate(context);
  return context;
}

function constructsIn(report: ValidationContext['report']): (string | undefined)[] {
  const unknown = report.toJson().violations.find(({ ruleName }) => ruleName.startsWith('unknown-field'));
  return unknown!.violatingConstructs.map(({ constructPath }) => constructPath);
}
