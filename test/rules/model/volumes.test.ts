import { announced, findingsIn, shown } from '../manifests';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: shop}
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: app
      image: acme/app:1.4
      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
      resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 64Mi}}
`;

/** Findings of the rules about volumes; some manifests here cannot be sound for the rules about security as well. */
function expectAnnounced(text: string, rules: readonly string[]): void {
  const findings = findingsIn(text).filter(({ rule }) => rules.includes(rule));
  expect(findings.map(shown)).toEqual(announced(text));
}

test('what only newer clusters have uses a volume too: files as variables, and containers to look into a pod', () => {
  const text = `${POD}
      env: [{name: LEVEL, valueFrom: {fileKeyRef: {volumeName: settings, path: app.env, key: LEVEL}}}]
      volumeMounts: [{name: model, mountPath: /model, subPath: weights}]
  ephemeralContainers:
    - {name: debug, image: "acme/debug:1.4", volumeMounts: [{name: trace, mountPath: /trace}]}
  volumes:
    - {name: settings, emptyDir: {}}
    - {name: trace, emptyDir: {}}
    - {name: model, image: {reference: acme/model:3}}
    - {name: idle, emptyDir: {}} # finds volume-unused: no container mounts volume "idle"
`;
  expectAnnounced(text, ['volume-unused', 'volume-definition', 'mount-options']);
});

test('a path of the node must be named', () => {
  const text = `${POD}
      volumeMounts: [{name: node, mountPath: /node}]
  volumes:
    - name: node
      hostPath:
        path: "" # finds volume-definition: \`hostPath\` does not say its \`path\`
`;
  expectAnnounced(text, ['volume-definition']);
});

test('a privileged container may hand its mounts to the node', () => {
  const text = `${POD.replace('allowPrivilegeEscalation: false', 'privileged: true')}
      volumeMounts: [{name: node, mountPath: /node, mountPropagation: Bidirectional}]
  volumes:
    - {name: node, hostPath: {path: /mnt}}
`;
  expectAnnounced(text, ['mount-options']);
});
