import { findKnownImage, type KnownImage } from '../../data/known-images';
import type { ContainerView } from '../../model/container-view';
import type { PodView } from '../../model/pod-view';

const OBSERVERS: ReadonlySet<string> = new Set(['log agent', 'exporter']);

/** The containers that only look on beside a main container that does the work, with what is known of their images, as far as a rule is concerned. */
export function findObservers(
  { main, companions }: PodView,
  concerns: (container: ContainerView) => boolean,
): { container: ContainerView; known: KnownImage }[] {
  // Where the first container is a companion itself, nobody can tell which one does the work.
  const found = companions.filter(concerns).flatMap((container) => {
    const known = findKnownImage(container.image);
    return known && OBSERVERS.has(known.role) ? [{ container, known }] : [];
  });
  const first = found.length > 0 && main ? findKnownImage(main.image)?.role : 'helper';
  return first === 'helper' || OBSERVERS.has(first ?? '') ? [] : found;
}
