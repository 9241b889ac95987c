import { findKnownImage } from '../../../src/rules/data/known-images';
import { KNOWN_SOFTWARE } from '../../../src/rules/data/known-software';
import { findProgram } from '../../../src/rules/model/programs';
import { findRunningSoftware } from '../../../src/rules/model/software';
import { podOf } from '../configs/support';

test('no program is that of two kinds of software', () => {
  const programs = Object.values(KNOWN_SOFTWARE).flatMap((known) => ('programs' in known ? [...known.programs] : []));
  expect(programs.filter((name, index) => programs.indexOf(name) !== index)).toEqual([]);
});

test('the rules know the images of thirty companions', () => {
  const roles = ['log agent', 'agent', 'proxy', 'exporter', 'helper'];
  const companions = Object.values(KNOWN_SOFTWARE).filter(({ role }) => roles.includes(role));
  expect(companions.length).toBeGreaterThanOrEqual(30);
});

test.each([
  [
    ['/usr/bin/vector', '-c', 'a b'],
    ['/usr/bin/vector', '-c', 'a b'],
  ],
  [['exec', 'vector'], ['vector']],
  [
    ['tini', '--', 'vector', '--', 'x'],
    ['vector', '--', 'x'],
  ],
  [['/sbin/tini', '-s', '-p', 'SIGTERM', 'vector'], ['vector']],
  [
    ['dumb-init', '--rewrite', '15:2', 'sh', '-c', 'exec vector -c "/a b"'],
    ['vector', '-c', '/a b'],
  ],
  [['env', '-u', 'HOME', 'A=b', 'vector'], ['vector']],
  [
    ['gosu', 'me', 'vector', '-v'],
    ['vector', '-v'],
  ],
  [
    ['sh', '-c', "cp a b && vector -c '/a b'"],
    ['vector', '-c', '/a b'],
  ],
  [['sh', '-c', 'vector & wait'], ['wait']],
  [['sh', '-c', 'if x; then vector; fi'], ['fi']],
  [
    ['sh', '/start.sh'],
    ['sh', '/start.sh'],
  ],
  [['bundle', 'exec', 'fluentd'], ['fluentd']],
  [
    ['bundle', 'install'],
    ['bundle', 'install'],
  ],
  [['/docker-entrypoint.sh', 'vector'], ['vector']],
  [['/docker-entrypoint.sh'], []],
  [['sh', '-c', ''], ['']],
  [[], []],
])('%j runs %j', (words, program) => {
  expect(findProgram(words)).toEqual(program);
});

test.each([
  [{ image: 'nginx' }, 'nginx'],
  [{ image: 'nginx', args: ['-g', 'daemon off;'] }, 'nginx'],
  [{ image: 'nginx', args: ['cat', '/etc/nginx/nginx.conf'] }, undefined],
  [{ image: 'nginx', args: ['sh', '-c', 'nginx-debug'] }, 'nginx'],
  [{ image: 'nginx', command: ['/docker-entrypoint.sh'] }, 'nginx'],
  [{ image: 'nginx', command: ['vector'] }, 'Vector'],
  [{ image: 'acme/agent', command: ['/bin/otelcol-contrib'] }, 'OpenTelemetry Collector'],
  [{ image: 'acme/agent', args: ['vector'] }, undefined],
  [{ image: 'acme/agent', args: ['sh', '-c', 'exec fluent-bit'] }, 'Fluent Bit'],
  [{ image: 'python', args: ['python', '-m', 'http.server'] }, undefined],
  [{ image: 'grafana/alloy', args: ['run', '/etc/alloy'] }, 'Grafana Alloy'],
  [{ image: 'fluent/fluent-bit', command: ['/own'] }, undefined],
  [{}, undefined],
])('%j runs %s', (container, software) => {
  expect(findRunningSoftware(podOf(container).pod.containers[0]!).software?.software).toBe(software);
});

test('an image that starts what it always starts is told', () => {
  const image = (container: object) => findRunningSoftware(podOf(container).pod.containers[0]!).image;
  expect(image({ image: 'envoyproxy/envoy:v1.38', args: ['-c', '/x'] })).toBe(findKnownImage('envoyproxy/envoy'));
  expect(image({ image: 'envoyproxy/envoy:v1.38', command: ['envoy'] })).toBeUndefined();
});
