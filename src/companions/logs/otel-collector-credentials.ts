import type * as kplus from 'cdk8s-plus-28';
import { failure } from '../../private/errors';
import { joined, nested, type Settings } from '../../private/settings';
import type { OtelExporter } from './otel-collector-exporter';

/**
 * The variables that hold credentials.
 *
 * @throws where two settings would share one
 */
export function credentialsOf(exporters: readonly OtelExporter[]): (readonly [string, kplus.SecretValue])[] {
  const all = exporters.flatMap((exporter, index) =>
    Object.entries(exporter._secrets).map(([path, value]) => [variableOf(exporter, index, path), value] as const),
  );
  const names = all.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    throw failure(
      'OtelCollector',
      `two settings in \`secrets\` make the environment variable "${twice}"; give each of them an exporter of its own`,
    );
  }
  return all;
}

/** The settings of an exporter, with references in place of its credentials. */
export function settingsWithReferences(exporter: OtelExporter, index: number): Settings {
  return Object.keys(exporter._secrets).reduce((settings, path) => {
    const reference = `\${env:${variableOf(exporter, index, path)}}`;
    return joined(exporter.type, 'setting', settings, nested(path, reference));
  }, exporter._settings);
}

/** `OTLP_HTTP_HEADERS_API_KEY`, `EXPORTER_2_HEADERS_API_KEY` from the second exporter on. */
function variableOf({ type }: OtelExporter, index: number, path: string): string {
  const prefix = index === 0 ? type : `exporter_${index + 1}`;
  return `${prefix}_${path}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}
