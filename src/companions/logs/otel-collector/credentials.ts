import { type SecretOutput, toSecretVariable } from '../../kit/output-secrets';
import { joinSettings, type Settings, toNestedSettings } from '../../kit/settings';
import type { OtelExporter } from './exporter';

/** Exporters as outputs, whose credentials are variables of the environment. */
export function toSecretOutputs(exporters: readonly OtelExporter[]): SecretOutput[] {
  return exporters.map(({ type: name, _secrets }) => ({ name, _secrets }));
}

/** The settings of an exporter, with references in place of its credentials. */
export function toSettingsWithReferences(exporters: readonly OtelExporter[], index: number): Settings {
  const { type, _secrets, _settings } = exporters[index]!;
  return Object.keys(_secrets).reduce((settings, path) => {
    const reference = `\${env:${toSecretVariable(toSecretOutputs(exporters), index, path)}}`;
    return joinSettings(type, 'setting', settings, toNestedSettings(path, reference));
  }, _settings);
}
