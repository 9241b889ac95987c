import { createScenes, type PodScene } from '../../src/picture';
import { collectFindings } from '../../src/rules/engine';
import { RULES } from '../../src/rules/list';
import { splitDocuments } from '../../src/rules/text/document-cutter';
import { readManifests } from '../../src/rules/unfinished';

/** The scenes of the pods in a text, with what all rules find. */
export function scenesIn(text: string): PodScene[] {
  const objects = splitDocuments(text).flatMap((document) => readManifests(document));
  return createScenes(objects, collectFindings(objects, RULES));
}

/** The only one. */
export function sceneIn(text: string): PodScene {
  const scenes = scenesIn(text);
  expect(scenes).toHaveLength(1);
  return scenes[0]!;
}

/** A shop behind a proxy: one of each part that a picture shows. */
export const SHOP = `apiVersion: v1
kind: Service
metadata: {name: shop, namespace: prod}
spec:
  selector: {app: shop}
  ports:
    - {name: https, port: 443, targetPort: https}
    - {name: gone, port: 7, targetPort: nowhere}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: prod}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata:
      labels: {app: shop}
      annotations: {kubectl.kubernetes.io/default-container: shop}
    spec:
      terminationGracePeriodSeconds: 60
      securityContext: {runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: {type: RuntimeDefault}}
      initContainers:
        - name: migrate
          image: registry.example.com/shop/migrate:2.1.0
          securityContext: &secure {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
          volumeMounts: [{name: data, mountPath: /data}]
        - name: log-agent
          image: cr.fluentbit.io/fluent/fluent-bit:5.1.2
          restartPolicy: Always
          securityContext: *secure
          startupProbe: {httpGet: {path: /api/v1/uptime, port: 2020}, periodSeconds: 1, failureThreshold: 60}
          ports: [{name: agent, containerPort: 2020}]
          resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 64Mi}}
          volumeMounts: [{name: logs, mountPath: /var/log/shop, readOnly: true}]
      containers:
        - name: shop
          image: registry.example.com/shop/shop:2.1.0
          securityContext: *secure
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: http}}
          lifecycle: {preStop: {sleep: {seconds: 10}}}
          resources: {requests: {cpu: 500m, memory: 512Mi}, limits: {memory: 1Gi}}
          volumeMounts: [{name: logs, mountPath: /var/log/shop}, {name: data, mountPath: /srv/data, subPath: shop}]
        - name: proxy
          image: registry.example.com/proxy:1.0.0
          securityContext: *secure
          ports: [{name: https, containerPort: 8443}]
          env: [{name: UPSTREAM_URL, value: "http://127.0.0.1:8080"}]
          resources: {requests: {cpu: 10m}, limits: {memory: 64Mi}}
      volumes:
        - {name: logs, emptyDir: {sizeLimit: 1Gi}}
        - {name: data, persistentVolumeClaim: {claimName: shop-data}}
`;

/** A small pod with nothing but a container. */
export const BARE = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: "nginx:1.27"}]}
`;

/** Names that mean something in XML, Markdown, Mermaid or a terminal. */
export const HOSTILE = [
  '</text><script>alert(1)</script>',
  '"]; A-->B; %%{init: {}}%%',
  '1. `md` **b** <img src=x onerror=alert(1)>',
  ']]> & \' " \\',
  '\u0000\u001b[31m\u202e\ud800\uffff',
  'end',
  '한국어 이름이 아주 길고 길다 그래서 잘린다',
  '😀'.repeat(60),
  'W'.repeat(300),
  ' ',
  '\n\t',
];
