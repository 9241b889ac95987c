import { NEWEST, OLDEST } from './data/kubernetes-fields';
import type { ObjectView } from './model/object-view';

/** The minor version in a version of Kubernetes; the newest where none is given. */
export function parseKubernetesVersion(version: string | undefined): number {
  return version === undefined ? NEWEST : Number(version.split('.')[1]);
}

/** The object for a version of Kubernetes; as it is where none is given. */
export function toKubernetesVersion(object: ObjectView, version: string | undefined): ObjectView {
  return version === undefined ? object : object.forKubernetes(parseKubernetesVersion(version));
}

/** The nearest minor version that the rules know. */
export function toKnownMinor(minor: number): number {
  return Math.min(Math.max(minor, OLDEST), NEWEST);
}

/** The versions that the rules know, the oldest first. */
export function listKubernetesVersions(): string[] {
  return Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => formatKubernetesVersion(OLDEST + index));
}

/** Validates that a setting is a version of Kubernetes that the rules know. */
export function validateKubernetesVersion(setting: string, version: string | undefined): string[] {
  const minor = /^v?1\.(\d{1,3})(?:\.\d+)?$/.exec(String(version))?.[1];
  return version === undefined || (minor !== undefined && Number(minor) >= OLDEST && Number(minor) <= NEWEST)
    ? []
    : [
        `\`${setting}\` is "${version}", which is no version of Kubernetes that the rules know; pass one from "1.${OLDEST}" to "1.${NEWEST}"`,
      ];
}

/** A minor version as people write it: `1.31`. */
export function formatKubernetesVersion(minor: number): string {
  return `1.${minor}`;
}
