import type { PodSpec, PodTemplate } from './manifest/pod-template';
import type { Workload } from './manifest/rendered-workload';

/** A part of the kernel: what it knows of a pod is checked and written into the manifest when the app is synthesized. */
export interface PodPart {
  /** Problems of what was declared, through the kernel and through cdk8s-plus. */
  _validate(): string[];

  /** Writes into the rendered pod template what cdk8s-plus does not know. */
  _complete?(template: PodTemplate, workload: Workload): void;

  /** Problems that only the completed manifest shows. */
  _validateRendered?(spec: PodSpec): string[];
}
