import { Size } from 'cdk8s';
import {
  JobWithLogAgent,
  LogFiles,
  LogRotation,
  type Multiline,
  WebServer,
  WebWithLogAgentDeployment,
} from '../../../src';
import { PROGRAMS_IMAGE } from '../places';
import { PROGRAMS_USER, RESTRICTED_CONTAINER, RESTRICTED_POD } from '../security';
import { SMALL, synthesize } from '../workloads';
import type { AgentNeeds, Column } from './columns';

const DIRECTORY = '/var/log/app';

export interface Writing {
  /** How many pods write. @default 1 */
  readonly replicas?: number;
  /** Arguments of the program `write`. */
  readonly args: readonly string[];
  readonly rotation?: LogRotation;
  readonly multiline?: Multiline;
}

/** nginx, whose access log has a line for each request, and the agent of a column. */
export function toWeb(column: Column, needs: AgentNeeds): string {
  if (!column.createAgent) {
    return toPlain(needs, 2, {
      name: 'webserver',
      image: 'docker.io/nginxinc/nginx-unprivileged:1.30.5',
      ports: [{ containerPort: 8080 }],
      volumeMounts: [{ name: 'logs', mountPath: '/var/log/nginx' }],
    });
  }
  return synthesize((chart) => {
    const web = new WebWithLogAgentDeployment(chart, 'web', {
      replicas: 2,
      web: WebServer.nginx(),
      logAgent: column.createAgent!(needs),
    });
    web.expose({ port: 80, name: 'web' });
    web.keepAvailable();
  });
}

/** A writer whose lines are counted, and the agent of a column. */
export function toWriter(column: Column, needs: AgentNeeds, writing: Writing): string {
  const args = ['write', '--file', `${DIRECTORY}/app.log`, ...writing.args, '--health', ':8080'];
  if (!column.createAgent) {
    return toPlain(needs, writing.replicas ?? 1, toPlainWriter(args));
  }
  return synthesize((chart) => {
    new WebWithLogAgentDeployment(chart, 'web', {
      replicas: writing.replicas ?? 1,
      web: WebServer.of({
        name: 'writer',
        image: PROGRAMS_IMAGE,
        args,
        port: 8080,
        user: PROGRAMS_USER,
        resources: SMALL,
        logs: toLogs(writing),
        rotation: writing.rotation ?? LogRotation.byApplication({ maxFileSize: Size.mebibytes(2), keep: 3 }),
      }),
      logAgent: column.createAgent!(needs),
    });
  });
}

/** A Job that writes its lines and ends. */
export function toJob(column: Column, needs: AgentNeeds, name: string, args: readonly string[]): string {
  const command = ['write', '--file', `${DIRECTORY}/app.log`, ...args];
  if (!column.createAgent) {
    const template = toPlainTemplate(needs, toPlainWriter(command));
    // An agent that runs on keeps the pod of a Job from completing, so it is given half a minute.
    return toPlainManifests(needs, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name },
      spec: {
        activeDeadlineSeconds: 30,
        template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } },
      },
    });
  }
  return synthesize((chart) => {
    new JobWithLogAgent(chart, name, {
      metadata: { name },
      job: {
        name: 'writer',
        image: PROGRAMS_IMAGE,
        args: command,
        user: PROGRAMS_USER,
        resources: SMALL,
      },
      logs: LogFiles.inDirectory(DIRECTORY, { pattern: 'app.log' }),
      logAgent: column.createAgent!(needs),
    });
  });
}

function toLogs({ multiline }: Writing): LogFiles {
  return LogFiles.inDirectory(DIRECTORY, { pattern: 'app.log', ...(multiline ? { multiline } : {}) });
}

function toPlainWriter(args: readonly string[]): object {
  return {
    name: 'writer',
    image: PROGRAMS_IMAGE,
    imagePullPolicy: 'IfNotPresent',
    args,
    ports: [{ containerPort: 8080 }],
    volumeMounts: [{ name: 'logs', mountPath: DIRECTORY }],
  };
}

/** The pod that is written without thinking of its end: two containers that share a volume. */
function toPlain(needs: AgentNeeds, replicas: number, main: object): string {
  const template = toPlainTemplate(needs, main);
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'test-web' },
    spec: { replicas, selector: { matchLabels: { app: 'web' } }, template },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  };
  return toPlainManifests(needs, service, deployment);
}

function toPlainManifests(needs: AgentNeeds, ...objects: readonly object[]): string {
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'fluent-bit' },
    data: { 'fluent-bit.conf': toPlainConfig(needs) },
  };
  return [config, ...objects].map((object) => JSON.stringify(object)).join('\n---\n');
}

function toPlainTemplate(needs: AgentNeeds, main: object): { metadata: object; spec: object } {
  const agent = {
    name: 'log-agent',
    image: 'cr.fluentbit.io/fluent/fluent-bit:5.1.2',
    args: ['-c', '/config/fluent-bit.conf'],
    resources: { limits: { memory: '128Mi', ...(needs.cpuLimit ? { cpu: `${needs.cpuLimit}m` } : {}) } },
    volumeMounts: [
      { name: 'logs', mountPath: '/logs' },
      { name: 'config', mountPath: '/config' },
    ],
  };
  return {
    metadata: { labels: { app: 'web' } },
    spec: {
      // What Pod Security "restricted" asks for, and a user for both, so that the agent may read the files.
      securityContext: { ...RESTRICTED_POD, runAsUser: 101 },
      containers: [main, agent].map((container) => ({ ...container, securityContext: RESTRICTED_CONTAINER })),
      volumes: [
        { name: 'logs', emptyDir: {} },
        { name: 'config', configMap: { name: 'fluent-bit' } },
      ],
    },
  };
}

/** What a first page on Fluent Bit tells to write. */
function toPlainConfig({ receiver }: AgentNeeds): string {
  return `[INPUT]
    name tail
    path /logs/*.log
[OUTPUT]
    name  http
    match *
    host  ${receiver}
    port  8080
    uri   /fluent-bit
    format json
`;
}
