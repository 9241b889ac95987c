import type * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../private/errors';
import { isEnvName } from '../../private/names';
import { validateInnerPath } from '../../private/pod-fields';
import { readArgument } from '../../private/read-props';
import { createEnvValue, type FileSource } from '../containers/env-values';
import type { Inventory } from '../containers/inventory';
import { type Container, listContainers, type PodSpec } from '../manifest/pod-template';
import type { Mount } from './mounts';

/** A variable of a container that comes from a file, and the place of the container in the pod. */
interface FileVariable {
  readonly container: Container;
  readonly name: string;
  readonly volume: string;
}

/** Environment variables that containers get from files on volumes of the pod. */
export class EnvFiles {
  private readonly volumes = new Set<string>();

  public constructor(private readonly inventory: Inventory) {}

  /** The value of a variable in a file of a volume. */
  public createValue({ volume, subPath, subPathExpr }: Omit<Mount, 'path'>, file: string, key: string): kplus.EnvValue {
    const { workload } = this.inventory;
    readArgument('string', file, workload, 'file');
    readArgument('string', key, workload, 'key');
    const problem = validateInnerPath(file);
    throwFirst(workload, [
      ...(problem === undefined ? [] : [`\`file\` of volume "${volume.name}" ${problem}`]),
      ...(isEnvName(key) ? [] : [`\`key\` "${key}" in file "${file}" is no name of a variable; pass one without "="`]),
      ...(subPathExpr === undefined
        ? []
        : [`volume "${volume.name}" is mounted by \`subPathExpr\`, under which no file is known; share it by a path`]),
    ]);
    this.volumes.add(volume.name);
    const path = subPath === undefined ? file : `${subPath}/${file}`;
    return createEnvValue({ valueFrom: { fileKeyRef: { volumeName: volume.name, path, key } } });
  }

  /** Variables whose file is not there when their container starts, or never. */
  public validate(spec: PodSpec): string[] {
    const variables = this.volumes.size === 0 ? [] : listContainers(spec).flatMap(listFileVariables);
    return variables
      .filter(({ volume }) => this.volumes.has(volume))
      .flatMap((variable) => validateVariable(variable, spec));
  }
}

function listFileVariables(container: Container): FileVariable[] {
  return (container.env ?? []).flatMap(({ name, valueFrom }) => {
    const volume = (valueFrom as FileSource | undefined)?.fileKeyRef?.volumeName;
    return volume === undefined ? [] : [{ container, name, volume }];
  });
}

function validateVariable({ container, name, volume }: FileVariable, spec: PodSpec): string[] {
  const subject = `environment variable "${name}" of container "${container.name}" comes from a file on volume "${volume}"`;
  const { initContainers = [], volumes = [] } = spec;
  const known = volumes.find((each) => each.name === volume);
  if (!known?.emptyDir) {
    return [
      `${subject}, which is no \`emptyDir\`, and Kubernetes reads others not; write the file to one of \`storage.share\``,
    ];
  }
  const place = initContainers.indexOf(container);
  const before = place < 0 ? listContainers(spec) : initContainers.slice(0, place);
  return before.some((other) => other !== container && isWriter(other, volume))
    ? []
    : [`${subject}, and no container writes there before it starts; add the one that does before it`];
}

function isWriter({ volumeMounts = [] }: Container, volume: string): boolean {
  return volumeMounts.some(({ name, readOnly }) => name === volume && readOnly !== true);
}
