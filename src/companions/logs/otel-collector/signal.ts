/** A signal that an OpenTelemetry Collector carries. */
export enum OtelSignal {
  /** Log records. */
  LOGS = 'logs',

  /** Spans of traces. */
  TRACES = 'traces',

  /** Points of metrics. */
  METRICS = 'metrics',
}
