import { listOuterPaths } from '../scene/elements';
import type { FindingScene, PodScene, SceneElement } from '../scene/pod-scene';

/** The findings of a scene by the element that they are shown at: the innermost one around the field. */
export class Marks {
  private readonly byElement = new Map<string, FindingScene[]>();

  /**
   * @param elements all elements that are drawn with room for a mark
   */
  public constructor(scene: PodScene, elements: readonly SceneElement[]) {
    const drawn = new Set(elements.map(toKey));
    for (const finding of scene.findings) {
      for (const path of finding.places) {
        const places = [...listOuterPaths(path).map((outer) => ({ path: outer, object: finding.object })), scene];
        this.add(places.find((place) => drawn.has(toKey(place))) ?? scene, finding);
      }
    }
  }

  /** The findings at an element, each once. */
  public list(element: SceneElement): readonly FindingScene[] {
    return this.byElement.get(toKey(element)) ?? [];
  }

  private add(element: SceneElement, finding: FindingScene): void {
    const found = this.byElement.get(toKey(element)) ?? [];
    if (!found.includes(finding)) {
      this.byElement.set(toKey(element), [...found, finding]);
    }
  }
}

function toKey({ object, path }: SceneElement): string {
  return `${object} ${path}`;
}
