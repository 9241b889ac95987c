import { MultiContainerPod } from '../../src';
import { healthProbes } from '../../src/web/health';
import { container, newChart, newDeployment } from '../support';

function probesOf(port: number, path?: string) {
  const chart = newChart();
  const deployment = newDeployment(chart, { containers: [] });
  MultiContainerPod.of(deployment).addMainContainer({
    name: 'web',
    image: 'acme/web:1.0.0',
    user: 1000,
    ports: [{ number: port }],
    ...healthProbes('shop', port, path),
  });
  const { readinessProbe, livenessProbe, startupProbe } = container(chart, 'web');
  return { readinessProbe, livenessProbe, startupProbe };
}

test('a web server with a health path is ready and alive while it answers there, and has three minutes to start', () => {
  const httpGet = { path: '/healthz', port: 8081, scheme: 'HTTP' };
  expect(probesOf(8081, '/healthz')).toEqual({
    readinessProbe: { failureThreshold: 3, httpGet, periodSeconds: 5, timeoutSeconds: 2 },
    livenessProbe: { failureThreshold: 3, httpGet, periodSeconds: 10, timeoutSeconds: 5 },
    startupProbe: { failureThreshold: 90, httpGet, periodSeconds: 2, timeoutSeconds: 2 },
  });
});

test('a web server without one is ready while its port is open, and never restarted for its health', () => {
  expect(probesOf(8081)).toEqual({
    readinessProbe: { failureThreshold: 3, tcpSocket: { port: 8081 }, periodSeconds: 5, timeoutSeconds: 2 },
    livenessProbe: undefined,
    startupProbe: undefined,
  });
});

test.each(['/', '/up?full=1&deep=%20', '/a/b_c-d.e~f'])('"%s" is a health path', (path) => {
  expect(probesOf(8081, path).readinessProbe?.httpGet).toMatchObject({ path });
});

const NO_PATHS = [
  '',
  'up',
  'http://shop/up',
  ' /up',
  '/up ',
  '/a b',
  '/up\n',
  '/up;',
  '/{up',
  '/up}',
  '/"up"',
  "/'up'",
];

test.each(NO_PATHS)('fails with the health path "%s", which is none', (path) => {
  expect(() => healthProbes('shop', 8081, path)).toThrow(
    new Error(`[shop] \`healthPath\` "${path}" is not a path; begin it with "/", and use no blanks, quotes or braces`),
  );
});
