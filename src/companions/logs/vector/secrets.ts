import type * as kplus from 'cdk8s-plus-28';
import { type Destination, toSettingsWithReferences } from '../../kit/destination';
import type { Settings } from '../../kit/settings';

/** Below it each Secret is mounted in a directory of its own. */
const DIRECTORY = '/etc/vector-secrets';

/** A Secret whose keys Vector reads as files. */
export interface MountedSecret {
  /** Name of the secrets backend. */
  readonly backend: string;
  readonly secret: kplus.ISecret;
  readonly directory: string;
  /** The name of the file that holds a key. */
  readonly files: { readonly [key: string]: string };
}

/**
 * The Secrets that sinks refer to. A reference takes letters, digits, "_" and "." only, so the names of backends and files
 * are made from those of the Secrets and keys.
 */
export function toMountedSecrets(sinks: readonly Destination[]): MountedSecret[] {
  const values = sinks.flatMap(({ secrets }) => Object.values(secrets));
  const names = [...new Set(values.map(({ secret }) => secret.name))];
  return names.map((name, index) => {
    const own = values.filter(({ secret }) => secret.name === name);
    const keys = [...new Set(own.map(({ key }) => key))];
    return {
      backend: `secret_${index + 1}`,
      secret: own[0]!.secret,
      directory: `${DIRECTORY}/${name}`,
      files: Object.fromEntries(keys.map((key) => [key, toSecretFileName(key, keys)])),
    };
  });
}

/** The options of a sink, with references in place of its credentials. */
export function toSinkOptions(sink: Destination, mounted: readonly MountedSecret[]): Settings {
  return toSettingsWithReferences(sink, (path) => {
    const { secret, key } = sink.secrets[path]!;
    const { backend, files } = mounted.find((each) => each.secret.name === secret.name)!;
    return `SECRET[${backend}.${files[key]}]`;
  });
}

function toSecretFileName(key: string, keys: readonly string[]): string {
  const word = (text: string) => text.replace(/-/g, '_');
  const same = keys.filter((other) => word(other) === word(key));
  return same.length > 1 ? `${word(key)}_${same.indexOf(key) + 1}` : word(key);
}
