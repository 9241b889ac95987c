import { listOuterPaths } from './scene/elements';
import type { FindingScene, PodScene, SceneElement } from './scene/pod-scene';

/** The findings of a scene by the element that they are shown at: the innermost one around the field. */
export class Marks {
  private readonly byElement = new Map<string, FindingScene[]>();

  public constructor(scene: PodScene) {
    const drawn = new Set(listDrawn(scene).map(toElementKey));
    for (const finding of scene.findings) {
      for (const path of finding.places) {
        const places = [...listOuterPaths(path).map((outer) => ({ path: outer, object: finding.object })), scene];
        this.add(places.find((place) => drawn.has(toElementKey(place))) ?? scene, finding);
      }
    }
  }

  /** The findings at an element, each once. */
  public list(element: SceneElement): readonly FindingScene[] {
    return this.byElement.get(toElementKey(element)) ?? [];
  }

  private add(element: SceneElement, finding: FindingScene): void {
    const found = this.byElement.get(toElementKey(element)) ?? [];
    if (!found.includes(finding)) {
      this.byElement.set(toElementKey(element), [...found, finding]);
    }
  }
}

function toElementKey({ object, path }: SceneElement): string {
  return `${object} ${path}`;
}

/** All elements that have a place for marks. */
function listDrawn(scene: PodScene): SceneElement[] {
  const { containers, services, volumes, stop } = scene;
  return [
    scene,
    ...containers.flatMap((container) => [
      container,
      container.gate,
      ...container.listeners,
      ...container.calls,
      ...container.probes,
      ...container.resources,
    ]),
    ...services.flatMap((service) => [service, ...service.ports]),
    ...volumes.flatMap((volume) => [volume, ...volume.uses]),
    ...stop.steps,
  ];
}
