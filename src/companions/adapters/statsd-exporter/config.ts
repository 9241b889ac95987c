import { type Duration, Yaml } from 'cdk8s';
import { toWholeSeconds } from '../../../private/durations';
import { memoize } from '../../../private/memo';

/** A mapping of metrics of StatsD to metrics of Prometheus, as the configuration has it. */
export interface Mapping {
  readonly match: string;
  readonly name?: string;
  readonly labels?: { readonly [name: string]: string };
  readonly help?: string;
  readonly regularExpression?: boolean;
  readonly histogramBuckets?: readonly number[];
  readonly expireAfter?: Duration;
}

/**
 * The mapping configuration of the StatsD exporter.
 *
 * @see https://github.com/prometheus/statsd_exporter#metric-mapping-and-configuration
 */
export const renderMappings = memoize((mappings: readonly Mapping[]): string => {
  return Yaml.stringify({ mappings: mappings.map(toMappingEntry) });
});

/** The mapper wants a name where it drops a metric, too, and never uses it. */
function toMappingEntry(mapping: Mapping): object {
  const { match, name, labels, help, regularExpression, histogramBuckets: buckets, expireAfter } = mapping;
  return {
    match,
    ...(regularExpression ? { match_type: 'regex' } : {}),
    ...(name === undefined ? { action: 'drop', name: 'dropped' } : { name }),
    ...(labels ? { labels: { ...labels } } : {}),
    ...(help === undefined ? {} : { help }),
    ...(buckets ? { observer_type: 'histogram', histogram_options: { buckets: [...buckets] } } : {}),
    ...(expireAfter ? { ttl: `${toWholeSeconds(expireAfter)}s` } : {}),
  };
}

/** Patterns of the exporter itself, which does not start where a mapping breaks one. */
const GLOB = /^(\*|[a-zA-Z_][a-zA-Z0-9_-]*)(\.\*|\.[a-zA-Z0-9_][a-zA-Z0-9_-]*)*$/;
const REFERENCE = String.raw`\$\{?\d+\}?`;
const METRIC_NAME = new RegExp(`^([a-zA-Z_]|${REFERENCE})([a-zA-Z0-9_]|${REFERENCE})*$`);
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]+$/;

/** The mistake in a mapping, or nothing. */
export function validateMapping({ match, name, labels = {}, regularExpression }: Mapping): string | undefined {
  if (!regularExpression && !GLOB.test(match)) {
    return 'is no glob of parts between dots, each a name or "*"; mend it, or pass `regularExpression: true`';
  }
  if (name !== undefined && !METRIC_NAME.test(name)) {
    return `gives the name "${name}", which is none of a metric; use letters, digits, "_" and references such as "$1"`;
  }
  const label = Object.keys(labels).find((key) => !LABEL_NAME.test(key));
  return label === undefined
    ? undefined
    : `has the label "${label}", which the exporter refuses; use at least two letters, digits or "_", and no digit first`;
}
