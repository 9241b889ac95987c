import type { Picture, Place } from './protocol';
import { fill, type Texts } from './texts';

const PARTS = '[data-path]';

/** Elements of SVG that could load or run something. No picture has them; a text that tried to be one shall not. */
const FORBIDDEN = 'script, foreignObject, iframe, image, use, animate, set, animateTransform, animateMotion';

/** The pictures of pods, whose parts can be chosen by mouse and keyboard. */
export class Pictures {
  private shown = '';

  public constructor(
    private readonly box: HTMLElement,
    private readonly note: HTMLElement,
    private readonly texts: Texts,
    private readonly onChoice: (place: Place) => void,
  ) {
    box.addEventListener('click', ({ target }) => this.choose(target as Element));
    box.addEventListener('keydown', (event) => this.press(event));
  }

  /** Shows pictures; where none could be drawn of a text that cannot be read, the last ones stay, and say so. */
  public show(pictures: readonly Picture[], pods: number, isBroken: boolean): void {
    const staysOld = pictures.length === 0 && isBroken && this.box.childElementCount > 0;
    this.box.classList.toggle('is-old', staysOld);
    if (!staysOld) {
      this.replace(pictures);
    }
    this.note.textContent = staysOld ? this.texts.lastPicture : this.describe(pictures, pods);
  }

  private describe(pictures: readonly Picture[], pods: number): string {
    const { noPods, morePods } = this.texts;
    return pods === 0 ? noPods : pods > pictures.length ? fill(morePods, pods - pictures.length) : '';
  }

  private replace(pictures: readonly Picture[]): void {
    const text = pictures.map(({ svg }) => svg).join();
    if (this.shown === text) {
      return;
    }
    this.shown = text;
    this.box.replaceChildren(...pictures.map((picture) => this.toFigure(picture)));
  }

  private toFigure({ title, svg }: Picture): HTMLElement {
    const figure = document.createElement('figure');
    const caption = document.createElement('figcaption');
    caption.textContent = title;
    const frame = document.createElement('div');
    frame.className = 'frame';
    const element = toElement(svg);
    // Its parts are chosen one by one, so it is no image.
    element.setAttribute('role', 'group');
    frame.append(element);
    figure.append(caption, frame);
    const parts = [...figure.querySelectorAll<SVGElement>(PARTS)];
    for (const [index, part] of parts.entries()) {
      part.setAttribute('tabindex', index === 0 ? '0' : '-1');
    }
    return figure;
  }

  /** Lets the parts that show some places light up; the smallest ones around each. */
  public light(places: readonly Place[], isShown = true): void {
    const parts = this.list();
    const lit = new Set(places.flatMap((place) => findSmallest(parts, place)));
    for (const part of parts) {
      part.classList.toggle('is-lit', lit.has(part));
    }
    const [first] = lit;
    if (first && isShown) {
      first.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  private list(): SVGElement[] {
    return [...this.box.querySelectorAll<SVGElement>(PARTS)];
  }

  private choose(target: Element): void {
    const part = target.closest<SVGElement>(PARTS);
    if (part) {
      this.onChoice(toPlace(part));
    }
  }

  private press(event: KeyboardEvent): void {
    const part = (event.target as Element).closest<SVGElement>(PARTS);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (part && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      this.choose(part);
    } else if (part && step !== undefined) {
      event.preventDefault();
      this.move(part, step);
    }
  }

  /** One part of a picture is in the order of Tab, and the arrow keys lead to the others. */
  private move(part: SVGElement, step: number): void {
    const parts = [...part.closest('figure')!.querySelectorAll<SVGElement>(PARTS)];
    const next = parts[(parts.indexOf(part) + step + parts.length) % parts.length]!;
    part.setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  }
}

function toPlace(part: SVGElement): Place {
  const { path = '', object } = part.dataset;
  return { path, object: object ?? part.closest('figure')!.querySelector('figcaption')!.textContent! };
}

/** The parts that show a place most closely: a container is drawn in the network and in the order of start. */
function findSmallest(parts: readonly SVGElement[], place: Place): SVGElement[] {
  const around = parts.filter((part) => isAround(toPlace(part), place));
  const longest = Math.max(...around.map((part) => toPlace(part).path.length));
  return around.filter((part) => toPlace(part).path.length === longest);
}

/** Whether one place is another, or holds it. */
export function isAround(outer: Place, { object, path }: Place): boolean {
  return (
    outer.object === object &&
    path.startsWith(outer.path) &&
    /^($|[.[])/.test(outer.path === '' ? '' : path.slice(outer.path.length))
  );
}

/** A picture as an element. What the renderer wrote is escaped; this makes sure of it once more. */
function toElement(svg: string): Element {
  const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  for (const element of documentElement.querySelectorAll(FORBIDDEN)) {
    element.remove();
  }
  for (const element of [documentElement, ...documentElement.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      if (/^on/i.test(name) || (/(^|:)href$/i.test(name) && !value.startsWith('#'))) {
        element.removeAttribute(name);
      }
    }
  }
  return document.importNode(documentElement, true);
}
