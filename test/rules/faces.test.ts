import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { ValidationContext } from 'cdk8s-cli/plugins';
import { parse } from 'yaml';
import { PodRules, PodRulesValidation, Severity } from '../../src';
import { runCommand } from '../../src/rules/command/main';

/** The manifest that this project began with: `port` for `ports`, and no volume that both containers share. */
const README = readFileSync(join(__dirname, '../../examples/01-my-app/README.md'), 'utf8');
const SEED = /```yml\n([\s\S]*?)```/.exec(README)![1]!;

/** What is wrong with it, apart from what Pod Security says. */
const FINDINGS = [
  'error unknown-field spec.containers[0].port: Container has no field "port"',
  'warning image-tag spec.containers[0].image: container "webserver" has image "nginx", which names no version',
  'warning image-tag spec.containers[1].image: container "log-agent" has image "log-agent-image", which names no version',
  'warning log-volume spec.containers[1].volumeMounts: log agent "log-agent" shares no volume with another container',
  'warning companion-resources spec.containers[1].resources.limits.memory: sidecar "log-agent" has no memory limit and no CPU request',
];

const severities = { 'pod-security': Severity.OFF };

describe('the manifest that this project began with gives its findings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faces-'));
  const file = join(folder, 'seed.yaml');
  writeFileSync(file, SEED);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('through `PodRules.check`', () => {
    const { findings } = PodRules.check([parse(SEED)], { severities });
    expect(findings.map(({ severity, rule, path, message }) => `${severity} ${rule} ${path}: ${message}`)).toEqual(
      FINDINGS,
    );
  });

  test('through `PodRules.enforce`', () => {
    const chart = new Chart(Testing.app(), 'shop');
    new ApiObject(chart, 'seed', parse(SEED));
    PodRules.enforce(chart, { severities, failOn: Severity.WARNING });
    const lines = errorOf(() => Testing.synth(chart))
      .split('\n')
      .slice(1);
    expect(lines).toEqual(FINDINGS.map((finding) => expect.stringContaining(messageOf(finding))));
    expect(lines.every((line) => line.startsWith('  [shop/seed] '))).toBe(true);
  });

  test('through the validation of the cdk8s CLI', async () => {
    const context = new ValidationContext([file], 'cdk8s-pod-patterns', '0.1.0', {}, false);
    await new PodRulesValidation({ severities }).validate(context);
    const report = context.report.toString();
    expect(FINDINGS.filter((finding) => !report.includes(messageOf(finding)))).toEqual([]);
    expect(context.report.success).toBe(false);
  });

  test.each([
    ['a file', () => ({ argument: file, stdin: Readable.from([]) })],
    ['a folder', () => ({ argument: folder, stdin: Readable.from([]) })],
    ['standard input', () => ({ argument: '-', stdin: Readable.from([SEED]) })],
  ])('through the command, from %s', async (_, input) => {
    const { argument, stdin } = input();
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const status = await runCommand(['--set', 'pod-security=off', argument], { stdin, stdout, stderr, env: {} } as any);
    const text = String(stdout.read());
    expect(FINDINGS.filter((finding) => !text.includes(messageOf(finding)))).toEqual([]);
    expect(status).toBe(1);
  });
});

function messageOf(finding: string): string {
  return finding.slice(finding.indexOf(': ') + 2);
}

function errorOf(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
