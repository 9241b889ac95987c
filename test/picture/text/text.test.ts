import fc from 'fast-check';
import { renderText } from '../../../src/picture';
import { countColumns } from '../../../src/picture/text/frame';
import { assertAlways } from '../../runs';
import { BARE, HOSTILE, SHOP, sceneIn } from '../support';

const SMALL_POD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
  initContainers:
    - name: agent
      image: registry.example.com/agent:1.0.0
      restartPolicy: Always
      securityContext: &secure {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
      lifecycle: {postStart: {exec: {command: [sleep, "1"]}}}
      resources: {requests: {cpu: 10m}, limits: {memory: 64Mi}}
      volumeMounts: [{name: logs, mountPath: /logs, readOnly: true}]
  containers:
    - name: web
      image: registry.example.com/web:1.0.0
      securityContext: *secure
      ports: [{name: http, containerPort: 8080}]
      readinessProbe: &probe {httpGet: {path: /healthz, port: 8080}}
      livenessProbe: *probe
      lifecycle: {preStop: {sleep: {seconds: 5}}}
      resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 128Mi}}
      volumeMounts: [{name: logs, mountPath: /var/log/web}]
  volumes: [{name: logs, emptyDir: {sizeLimit: 64Mi}}]
`;

test('a pod of two containers is written word for word', () => {
  expect(renderText(sceneIn(SMALL_POD), { columns: 72 })).toBe(`Pod/web
┌─ LifeCycle: start ───────────────────────────────────────────────────┐
│ 1  agent        native sidecar postStart ends: sleep 1               │
│ 2  web          main                                                 │
│ ✓  pod is ready web: GET :8080/healthz                               │
└──────────────────────────────────────────────────────────────────────┘
┌─ Network ────────────────────────────────────────────────────────────┐
│ agent, native sidecar, agent:1.0.0                                   │
│   CPU 10m, no limit                                                  │
│   memory up to 64Mi                                                  │
│                                                                      │
│ web, main, web:1.0.0                                                 │
│   ● :8080 http (all interfaces)                                      │
│   ready, alive: GET :8080/healthz                                    │
│   CPU 100m, no limit                                                 │
│   memory 128Mi = limit                                               │
└──────────────────────────────────────────────────────────────────────┘
┌─ Storage ────────────────────────────────────────────────────────────┐
│ logs, emptyDir, 64Mi                                                 │
│   writes web          /var/log/web                                   │
│   reads  agent        /logs                                          │
└──────────────────────────────────────────────────────────────────────┘
┌─ LifeCycle: stop ────────────────────────────────────────────────────┐
│    0 s  deleted                                                      │
│    5 s  web     SIGTERM, after preStop: sleep 5 s                    │
│   then  agent   SIGTERM, when those before have ended                │
│   30 s  SIGKILL whatever still runs                                  │
│         5 s preStop of 30 s                                          │
└──────────────────────────────────────────────────────────────────────┘
`);
});

test('a finding stands at its place as a number, and below in words', () => {
  const text = renderText(sceneIn(SHOP));
  expect(text).toContain('│   :7 gone → nowhere: nobody [1] ');
  expect(text).toContain(`│ 1   error service-target: Service/shop spec.ports[1].targetPort              │
│     no container of Deployment/shop lists a TCP port named "nowhere"         │
│     fix: write the number or name of a port that a container lists, or list  │
│     the port in the container                                                │
`);
});

test('a text in ASCII has no other sign', () => {
  const text = renderText(sceneIn(SHOP), { isAscii: true });
  expect(text).toMatch(/^[\n -~]*$/);
  expect(text).toContain('|   :443 https -> proxy :8443');
});

test('a pod without volumes has no storage, and no lines beyond its frames', () => {
  const text = renderText(sceneIn(BARE));
  expect(text).not.toContain('Storage');
  expect(text).not.toMatch(/ \n/);
});

test('lines are as wide as they should be, and nothing steers the terminal, whatever names there are', () => {
  assertAlways(
    fc.property(
      fc.constantFrom(...HOSTILE),
      fc.constantFrom(...HOSTILE),
      fc.integer({ min: 40, max: 200 }),
      (name, image, columns) => {
        const shop = sceneIn(SHOP);
        const scene = { ...shop, containers: shop.containers.map((container) => ({ ...container, name, image })) };
        const lines = renderText(scene, { columns }).split('\n');
        const framed = lines.filter((line) => /^[│┌└]/.test(line));
        expect(framed.filter((line) => countColumns(line) !== columns)).toEqual([]);
        expect(lines.join('')).not.toMatch(/[\p{Cc}\u202e]/u);
      },
    ),
    100,
  );
});
