import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Alloy,
  AlloyOutput,
  Filebeat,
  FilebeatOutput,
  FluentBit,
  FluentBitOutput,
  Fluentd,
  FluentdOutput,
  type ILogAgent,
  LogStreamer,
  Multiline,
  OtelCollector,
  OtelExporter,
  SidecarMode,
  Vector,
  VectorSink,
} from '../../../src';
import type { Software } from '../images';

/** What a scenario asks of the agent. */
export interface AgentNeeds {
  /** Where it sends what it reads: a host with an HTTP receiver on port 8080. */
  readonly receiver: string;
  /** @default - as much as the software has by itself */
  readonly bufferLimit?: Size;
  /** Thousandths of a CPU that it gets at most. @default - as much as there is */
  readonly cpuLimit?: number;
}

interface Resources {
  readonly resources?: kplus.ContainerResources;
}

/** A way to ship lines, each a column of the table. */
export interface Column {
  readonly title: string;
  /** The software whose image must be real. */
  readonly software: Software;
  /** Makes the agent of a pattern; without it the pod is the one that is written without thinking. */
  readonly createAgent?: (needs: AgentNeeds) => ILogAgent;
  /** How it knows where a record of several lines begins. @default - by what a stack trace of Java looks like */
  readonly multiline?: Multiline;
  /** Whether the library refuses it in the pod of a Job, which would never complete. */
  readonly isRefusedInJobs?: boolean;
  /** Whether it prints what it reads, so that the node's log collection is its receiver. */
  readonly prints?: boolean;
}

export const COLUMNS: Readonly<Record<string, Column>> = {
  'fluent-bit': {
    title: 'Fluent Bit',
    software: 'fluent-bit',
    createAgent: (needs) => createFluentBit(needs),
  },
  'fluent-bit-classic': {
    title: 'Fluent Bit, classic sidecar',
    software: 'fluent-bit',
    isRefusedInJobs: true,
    createAgent: (needs) => createFluentBit(needs, SidecarMode.CLASSIC),
  },
  plain: { title: 'Fluent Bit, two plain containers', software: 'fluent-bit' },
  'otel-collector': {
    title: 'OpenTelemetry Collector',
    software: 'otelcol',
    createAgent: (needs) =>
      new OtelCollector({ ...toOptions(needs), exporter: OtelExporter.otlpHttp({ endpoint: toUrl(needs) }) }),
  },
  fluentd: {
    title: 'Fluentd',
    software: 'fluentd',
    createAgent: (needs) =>
      new Fluentd({ ...toOptions(needs), output: FluentdOutput.http({ endpoint: `${toUrl(needs)}/fluentd` }) }),
  },
  vector: {
    title: 'Vector',
    software: 'vector',
    createAgent: (needs) =>
      new Vector({ ...toOptions(omitSmallBuffer(needs)), sink: VectorSink.http({ endpoint: toUrl(needs) }) }),
  },
  filebeat: {
    title: 'Filebeat',
    software: 'filebeat',
    createAgent: (needs) =>
      new Filebeat({ ...toOptions(needs), output: FilebeatOutput.elasticsearch({ hosts: [toUrl(needs)] }) }),
  },
  alloy: {
    title: 'Alloy',
    software: 'alloy',
    multiline: Multiline.startingWith('^\\d{4}-\\d{2}-\\d{2} '),
    createAgent: (needs) =>
      new Alloy({ ...toOptions(needs), output: AlloyOutput.loki({ endpoint: `${toUrl(needs)}/loki/api/v1/push` }) }),
  },
  'log-streamer': {
    title: 'LogStreamer',
    software: 'busybox',
    prints: true,
    createAgent: ({ cpuLimit }) => new LogStreamer(toResources(cpuLimit)),
  },
};

function createFluentBit(needs: AgentNeeds, mode = SidecarMode.NATIVE): FluentBit {
  const output = FluentBitOutput.http({ host: needs.receiver, port: 8080, path: '/fluent-bit' });
  return new FluentBit({ ...toOptions(needs), output, mode });
}

function toOptions({ bufferLimit, cpuLimit }: AgentNeeds): Resources & { bufferLimit?: Size } {
  return { ...toResources(cpuLimit), ...(bufferLimit ? { bufferLimit } : {}) };
}

/** Vector keeps no buffer of less than 256 MiB, which it has by itself. */
function omitSmallBuffer({ bufferLimit: _, ...needs }: AgentNeeds): AgentNeeds {
  return needs;
}

/** Enough memory for any agent, with a limit of the CPU; or what it states itself. */
function toResources(cpuLimit: number | undefined): Resources {
  if (cpuLimit === undefined) {
    return {};
  }
  const memory = Size.mebibytes(256);
  return {
    resources: {
      cpu: { request: kplus.Cpu.millis(10), limit: kplus.Cpu.millis(cpuLimit) },
      memory: { request: memory, limit: memory },
    },
  };
}

function toUrl({ receiver }: AgentNeeds): string {
  return `http://${receiver}:8080`;
}
