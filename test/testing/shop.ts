import { Manifests } from '../../src/testing';

const RESTRICTED = '{allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}';

/** A shop with a container of each role, a Service, and a Job beside it. */
export const SHOP_YAML = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: acme-shop-c8f1a2b3, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop, tier: web}}
    spec:
      securityContext: {runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: {type: RuntimeDefault}}
      initContainers:
        - name: migrate
          image: acme/migrate:1.4
          securityContext: &restricted ${RESTRICTED}
          ports: [{name: migrate, containerPort: 7000}]
        - name: log-agent
          image: acme/agent:2.0
          restartPolicy: Always
          securityContext: *restricted
          resources: &small {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 64Mi}}
          ports: [{name: metrics, containerPort: 2020}]
          volumeMounts:
            - {name: logs, mountPath: /logs, readOnly: true}
            - {name: config, mountPath: /etc/agent}
        - name: proxy
          image: acme/proxy:3.1
          restartPolicy: Always
          securityContext: *restricted
          resources: *small
          startupProbe: {httpGet: {path: /ready, port: 9000}}
          ports: [{name: proxy, containerPort: 9000}]
      containers:
        - name: web
          image: acme/web:1.4
          securityContext: *restricted
          resources: *small
          env: [{name: MODE, value: production}]
          ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 8053, protocol: UDP}]
          volumeMounts: [{name: logs, mountPath: /var/log/web, subPath: web}]
        - name: cache
          image: acme/cache:1.0
          securityContext: *restricted
          resources: *small
          ports: [{name: cache, containerPort: 6379}]
          volumeMounts: [{name: logs, mountPath: /var/log/cache, subPath: cache}, {name: data, mountPath: /data}]
      volumes:
        - {name: logs, emptyDir: {sizeLimit: 64Mi}}
        - {name: config, configMap: {name: agent}}
        - {name: data, persistentVolumeClaim: {claimName: data, readOnly: true}}
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: shop}
spec:
  selector: {app: shop}
  ports: [{name: http, port: 80, targetPort: http}, {name: metrics, port: 2020}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: agent, namespace: shop}
data:
  agent.yaml: |
    flush: 1
    inputs: [{path: /logs/*.log}]
  agent.json: '{"level": "info"}'
---
apiVersion: batch/v1
kind: Job
metadata: {name: report, namespace: shop}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: report, image: acme/report:1.0}]
`;

/** The shop to look into. */
export function shop(): Manifests {
  return Manifests.fromYaml(SHOP_YAML);
}
