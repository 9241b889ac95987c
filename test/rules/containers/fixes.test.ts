import { PodRules } from '../../../src';

/** The fix of the first finding of a rule in a pod of one container. */
function fixFor(rule: string, container: object): string | undefined {
  const [name, securityContext] = ['app', { allowPrivilegeEscalation: false }];
  const spec = { containers: [{ name, image: 'acme/app:1.4', securityContext, ...container }] };
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec };
  return PodRules.checkYaml(JSON.stringify(manifest)).findings.find((finding) => finding.rule === rule)?.fix;
}

describe('the words to write in place of one', () => {
  test.each([
    ['--config /etc/app.yaml', 'write two items, or `--config=/etc/app.yaml`'],
    ['-jar app.jar', 'write two items'],
    ['-Xmx512m -Dshop=a', 'write two items'],
    ['--listen=:80 --level=debug', 'write two items'],
    ['--listen :80 --level debug', 'write each word as an item of its own'],
  ])('%s', (word, fix) => {
    expect(fixFor('argument-blank', { args: [word] })).toBe(fix);
  });

  test('a flag with one dash of software that is known to take it', () => {
    const container = { image: 'grafana/promtail:3.5.0', args: ['-config.file /etc/loki.yaml'] };
    expect(fixFor('command-words', container)).toBe('write two items, or `-config.file=/etc/loki.yaml`');
  });
});

describe('the reference to write in place of that of a shell', () => {
  const secret = { name: 'KEY', valueFrom: { secretKeyRef: { name: 'app', key: 'key' } } };
  const exec = { command: ['/check', '$KEY'] };

  test.each([
    ['an argument', { args: ['$KEY'], env: [secret] }, 'write `$(KEY)`'],
    ['a probe', { livenessProbe: { exec }, env: [{ name: 'KEY', value: 'a' }] }, 'write `$(KEY)`'],
    ['a probe, of a Secret', { livenessProbe: { exec }, env: [secret] }, 'let a shell run the command'],
    ['a hook', { lifecycle: { preStop: { exec } }, env: [secret] }, 'let a shell run the command'],
  ])('in %s', (_, container, fix) => {
    expect(fixFor('env-reference', container)).toBe(fix);
  });
});

test('the line that parts two objects', () => {
  const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
  expect(PodRules.checkYaml(object + object).findings).toMatchObject([{ line: 4, fix: 'write `---` before it' }]);
});

describe('the value to write in place of one of another type', () => {
  test.each([
    [{ ports: [{ containerPort: 80, protocol: 'udp' }] }, 'write "UDP"'],
    [{ ports: [{ containerPort: 80, protocol: 'GRPC' }] }, 'write a value of the type that the field takes'],
    [{ ports: [{ containerPort: '80' }] }, 'write it without quotes: 80'],
    [{ tty: 'true' }, 'write it without quotes: true'],
    [{ env: [{ name: 'A', value: 1 }] }, 'put it in quotes: "1"'],
  ])('%j', (container, fix) => {
    expect(fixFor('field-type', container)).toBe(fix);
  });
});
