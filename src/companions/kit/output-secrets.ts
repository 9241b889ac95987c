import * as kplus from 'cdk8s-plus-28';
import { createError } from '../../private/errors';

/** An output of an agent, with the settings whose values come from Secrets. */
export interface SecretOutput {
  readonly name: string;
  readonly _secrets: { readonly [setting: string]: kplus.SecretValue };
}

/**
 * The environment variable that holds a credential of an output: `LOKI_PASSWORD`, `OUTPUT_2_PASSWORD` from the second
 * output on.
 */
export function toSecretVariable(outputs: readonly SecretOutput[], index: number, setting: string): string {
  const prefix = index === 0 ? outputs[0]!.name : `output_${index + 1}`;
  return `${prefix}_${setting}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/**
 * The environment variables that hold the credentials of all outputs.
 *
 * @param source what errors call the agent: its class
 * @throws where two settings would have one variable
 */
export function toSecretEnvironment(
  source: string,
  outputs: readonly SecretOutput[],
): { [name: string]: kplus.EnvValue } {
  const environment = new Map<string, kplus.EnvValue>();
  outputs.forEach((output, index) => {
    for (const [setting, value] of Object.entries(output._secrets)) {
      const name = toSecretVariable(outputs, index, setting);
      if (environment.has(name)) {
        throw createError(
          source,
          `secrets of output "${output.name}" would share the environment variable "${name}"; name them apart by more than signs`,
        );
      }
      environment.set(name, kplus.EnvValue.fromSecretValue(value));
    }
  });
  return Object.fromEntries(environment);
}
