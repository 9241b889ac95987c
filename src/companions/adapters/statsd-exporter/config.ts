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

/** Finds what is wrong with a mapping. */
export function validateMapping({
  match,
  name,
  labels = {},
  regularExpression,
  histogramBuckets = [],
}: Mapping): string[] {
  const unordered = histogramBuckets.findIndex((bound, index) => index > 0 && bound <= histogramBuckets[index - 1]!);
  return [
    ...(regularExpression || GLOB.test(match)
      ? []
      : ['is no glob of parts between dots, each a name or "*"; mend it, or pass `regularExpression: true`']),
    ...(name === undefined || METRIC_NAME.test(name)
      ? []
      : [`gives the name "${name}", which is none of a metric; use letters, digits, "_" and references such as "$1"`]),
    ...Object.keys(labels)
      .filter((label) => !LABEL_NAME.test(label))
      .map(
        (label) =>
          `has the label "${label}", which the exporter refuses; use at least two letters, digits or "_", and no digit first`,
      ),
    ...(unordered < 0
      ? []
      : [
          `has \`histogramBuckets\` with ${histogramBuckets[unordered]} after ${histogramBuckets[unordered - 1]}; pass them in rising order, each once`,
        ]),
  ];
}
