import { groupBy } from '../../private/lists';
import { memoizeByObject } from '../../private/memo';
import { Severity } from '../finding';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import { formatCount } from '../report';
import type { Problem, Rule } from '../rule';

export const OBJECT_DUPLICATE: Rule = {
  id: 'object-duplicate',
  severity: Severity.ERROR,
  catches:
    'Two objects of one kind, name and namespace that are applied together. A warning where they stand in two files of a folder, which may be alternatives.',
  consequence: 'The one that is applied last replaces the other one, without a message.',
  fix: 'give one of them another name, make one object of the two, or keep alternatives in folders of their own',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names',
  checkObject: (object, set) => (object.root.at('metadata', 'name').text ? checkTwins(object, set) : []),
};

function checkTwins(object: ObjectView, set: ManifestSet): Problem[] {
  const beside = findTwinBefore(object, set);
  if (!beside) {
    return [];
  }
  const at = object.root.at('metadata', 'name');
  if (beside.isInFileOf(object)) {
    return [{ at, message: `${object.title} stands twice${describePlace(beside)}` }];
  }
  const [first, ...others] = groupAlternatives(set).get(toFiles(object, beside)) ?? [];
  const more = others.length === 0 ? '' : ` and ${formatCount(others.length, 'more object')} of this file`;
  const message = `${object.title}${more} ${more ? 'stand' : 'stands'} twice: also in ${beside.source.file}`;
  return first === object ? [{ at, message, severity: Severity.WARNING }] : [];
}

/** An object of the same name that comes before: in the same file, or else in the same folder. */
function findTwinBefore(object: ObjectView, set: ManifestSet): ObjectView | undefined {
  const twins = set.listTwins(object);
  const before = twins.length > 1 ? twins.slice(0, twins.indexOf(object)) : [];
  return before.find((twin) => twin.isInFileOf(object)) ?? before.find((twin) => twin.isInFolderOf(object));
}

/** The objects of one file that stand in another one, too: two versions of one file are one thing to say. */
const groupAlternatives = memoizeByObject((set: ManifestSet) => {
  const found = set.objects.flatMap((object) => {
    const twin = object.root.at('metadata', 'name').text ? findTwinBefore(object, set) : undefined;
    return twin && !twin.isInFileOf(object) ? [{ object, files: toFiles(object, twin) }] : [];
  });
  const groups = groupBy(found, ({ files }) => files);
  return new Map([...groups].map(([files, items]) => [files, items.map(({ object }) => object)]));
});

function toFiles({ source }: ObjectView, twin: ObjectView): string {
  return `${source.file}\n${twin.source.file}`;
}

function describePlace({ source, root }: ObjectView): string {
  const line = source.findLine?.(root.keys);
  return line === undefined ? '' : `: also line ${line}`;
}
