import type { Alias, Node, YAMLMap } from 'yaml';
import { loadYaml } from '../../private/yaml';
import { LineError } from './line-error';
import { NEXT_DOCUMENT, type YamlDocument } from './yaml-document';

/**
 * Refuses what the library lets pass and Kubernetes does not: a field that stands twice in one object, and an alias
 * of nothing or of something that holds it.
 *
 * @throws with the line
 */
export function assertYaml(yaml: YamlDocument): void {
  new YamlCheck(yaml).check(yaml.document.contents);
}

class YamlCheck {
  /** Anchors that have been read to their end. */
  private readonly closed = new Set<string>();
  /** Anchors of the nodes that hold the one being read. */
  private readonly open = new Set<string>();

  public constructor(private readonly yaml: YamlDocument) {}

  public check(node: unknown): void {
    if (loadYaml().isAlias(node)) {
      this.checkAlias(node);
      return;
    }
    const { anchor } = (node ?? {}) as { anchor?: string };
    if (anchor !== undefined) {
      this.open.add(anchor);
    }
    this.checkInside(node);
    if (anchor !== undefined) {
      this.open.delete(anchor);
      this.closed.add(anchor);
    }
  }

  private checkInside(node: unknown): void {
    const { isMap, isSeq } = loadYaml();
    if (isMap(node)) {
      this.checkPairs(node);
    } else if (isSeq(node)) {
      for (const item of node.items) {
        this.check(item);
      }
    }
  }

  private checkAlias(alias: Alias): void {
    const { source } = alias;
    if (this.open.has(source)) {
      throw new LineError(`anchor "${source}" contains itself`, this.yaml.findNodeLine(alias));
    }
    if (!this.closed.has(source)) {
      throw new LineError(`alias "${source}" stands for no anchor`, this.yaml.findNodeLine(alias));
    }
  }

  private checkPairs(map: YAMLMap): void {
    const seen = new Set<unknown>();
    for (const { key, value } of map.items) {
      const name = loadYaml().isScalar(key) ? key.value : key;
      if (seen.has(name)) {
        const isNext = map === this.yaml.document.contents && hasSecondObject(map);
        const message = isNext ? NEXT_DOCUMENT : `field "${String(name)}" stands twice in one object`;
        throw new LineError(message, this.yaml.findNodeLine(key as Node));
      }
      seen.add(name);
      this.check(key);
      this.check(value);
    }
  }
}

/** Whether what every object of Kubernetes begins with stands twice in a document. */
function hasSecondObject({ items }: YAMLMap): boolean {
  const names = items.map(({ key }) => (loadYaml().isScalar(key) ? key.value : key));
  return ['apiVersion', 'kind'].every((name) => names.indexOf(name) < names.lastIndexOf(name));
}
