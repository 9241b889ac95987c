import { UsageError } from '../../private/command-line';
import { parseKubernetesVersion, validateKubernetesVersion } from '../kubernetes-version';

/** The minor version of Kubernetes that an option names. Throws a `UsageError` where it names none that the rules know. */
export function parseVersionOption(option: string, version: string): number {
  const [problem] = validateKubernetesVersion(option, version);
  if (problem !== undefined) {
    throw new UsageError(problem);
  }
  return parseKubernetesVersion(version);
}
