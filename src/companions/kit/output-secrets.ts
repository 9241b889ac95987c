import * as kplus from 'cdk8s-plus-28';
import { createError } from '../../private/errors';
import { type Destination, toSettingsWithReferences } from './destination';
import type { Settings } from './settings';

/**
 * The environment variable that holds a credential of a destination: `LOKI_PASSWORD`, `OUTPUT_2_PASSWORD` from the second
 * destination on.
 */
export function toSecretVariable(destinations: readonly Destination[], index: number, setting: string): string {
  const prefix = index === 0 ? destinations[0]!.name : `output_${index + 1}`;
  return `${prefix}_${setting}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/**
 * The environment variables that hold the credentials of all destinations.
 *
 * @param source what errors call the agent: its class
 * @throws where two settings would have one variable
 */
export function toSecretEnvironment(
  source: string,
  destinations: readonly Destination[],
): { [name: string]: kplus.EnvValue } {
  const environment = new Map<string, kplus.EnvValue>();
  destinations.forEach((destination, index) => {
    for (const [setting, value] of Object.entries(destination.secrets)) {
      const name = toSecretVariable(destinations, index, setting);
      if (environment.has(name)) {
        throw createError(
          source,
          `secrets of output "${destination.name}" would share the environment variable "${name}"; name them apart by more than signs`,
        );
      }
      environment.set(name, kplus.EnvValue.fromSecretValue(value));
    }
  });
  return Object.fromEntries(environment);
}

/** The settings of each destination, with references to the environment in the places of its credentials. */
export function listSettingsWithReferences(
  destinations: readonly Destination[],
  toReference: (variable: string) => unknown,
): Settings[] {
  return destinations.map((destination, index) =>
    toSettingsWithReferences(destination, (setting) => toReference(toSecretVariable(destinations, index, setting))),
  );
}
