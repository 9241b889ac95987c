import { softwareConfigOf } from '../../../src/rules/configs/software-config';
import { podOf } from './support';

const FLUENT_BIT = 'pipeline:\n  inputs: [{name: tail, path: /a}]';
const VECTOR = 'sources: {app: {type: file, include: [/a]}}\nsinks: {}';
const COLLECTOR = 'receivers: {file_log: {include: [/a]}}\nservice: {pipelines: {logs: {receivers: [file_log]}}}';

function configOf(container: object, data: Record<string, string> = {}) {
  const { pod, set } = podOf(container, { config: data });
  const config = softwareConfigOf(pod.containers[0]!, pod, set);
  expect(softwareConfigOf(pod.containers[0]!, pod, set)).toBe(config);
  return config && { software: config.software, tails: config.tails.length, source: config.source.path };
}

const at = (mountPath: string) => ({ volumeMounts: [{ name: 'config', mountPath }] });
const found = (software: string) => ({ software, tails: 1, source: 'spec.containers[0].volumeMounts[0]' });

test.each([
  ['Fluent Bit', 'fluent/fluent-bit:5.1.1', '/fluent-bit/etc', 'fluent-bit.yaml', FLUENT_BIT],
  [
    'Fluent Bit',
    'fluent/fluent-bit:5.1.1',
    '/fluent-bit/etc',
    'fluent-bit.conf',
    '[INPUT]\n    Name tail\n    Path /a\n',
  ],
  ['Vector', 'timberio/vector:0.57.0-alpine', '/etc/vector', 'vector.yaml', VECTOR],
  [
    'OpenTelemetry Collector',
    'otel/opentelemetry-collector-contrib:0.159.0',
    '/etc/otelcol-contrib',
    'config.yaml',
    COLLECTOR,
  ],
])('%s of the image %s at its place, and of an image that nobody knows', (software, image, directory, key, text) => {
  expect(configOf({ image, ...at(directory) }, { [key]: text })).toEqual(found(software));
  expect(configOf({ image: 'acme/agent:1', ...at(directory) }, { [key]: text })).toEqual(found(software));
  expect(
    configOf({ image: 'acme/agent:1', args: [`--config=/etc/x/${key}`], ...at('/etc/x') }, { [key]: text }),
  ).toEqual(found(software));
});

test('Fluent Bit and tail by their arguments', () => {
  const args = ['-i', 'tail', '-p', 'path=/a', '-o', 'stdout'];
  const source = 'spec.containers[0].args';
  expect(configOf({ image: 'fluent/fluent-bit:5.1.1', args })).toEqual({ software: 'Fluent Bit', tails: 1, source });
  expect(configOf({ image: 'acme/a:1', command: ['/bin/fluent-bit'], args })).toEqual({
    software: 'Fluent Bit',
    tails: 1,
    source,
  });
  expect(configOf({ image: 'busybox:1.37.0', args: ['tail', '-F', '/a'] })).toEqual({
    software: 'tail',
    tails: 1,
    source,
  });
});

test.each([
  ['of other software', { image: 'envoyproxy/envoy:v1.38.0', args: ['-c', '/etc/x/a.yaml'], ...at('/etc/x') }],
  ['that is TOML', { image: 'timberio/vector:0.57.0-alpine', args: ['-c', '/etc/x/a.toml'], ...at('/etc/x') }],
  [
    'in several files',
    { image: 'otel/opentelemetry-collector:0.159.0', args: ['--config=/etc/x/a.yaml', '--config=/b'], ...at('/etc/x') },
  ],
  ['behind a shell', { image: 'acme/a:1', args: ['sh', '-c', 'agent -c /etc/x/a.yaml'], ...at('/etc/x') }],
  ['that is not mounted', { image: 'timberio/vector:0.57.0-alpine' }],
  ['of unknown form', { image: 'acme/a:1', args: ['-c', '/etc/x/b.yaml'], ...at('/etc/x') }],
])('nothing of a configuration %s', (_, container) => {
  expect(configOf(container, { 'a.yaml': VECTOR, 'a.toml': 'a = 1', 'b.yaml': 'a: 1' })).toBeUndefined();
});
