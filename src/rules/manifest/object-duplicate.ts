import { Severity } from '../finding';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
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
  const twins = set.listTwins(object);
  const before = twins.length > 1 ? twins.slice(0, twins.indexOf(object)) : [];
  const same = before.find((twin) => twin.isInFileOf(object));
  const beside = same ?? before.find((twin) => twin.isInFolderOf(object));
  if (!beside) {
    return [];
  }
  const at = object.root.at('metadata', 'name');
  const message = `${object.title} stands twice${describePlace(beside, same !== undefined)}`;
  return [same ? { at, message } : { at, message, severity: Severity.WARNING }];
}

function describePlace({ source, root }: ObjectView, isSameFile: boolean): string {
  const line = source.findLine?.(root.keys);
  const where = isSameFile ? (line === undefined ? [] : [`line ${line}`]) : [`in ${source.file}`];
  return where.length > 0 ? `: also ${where.join(' ')}` : '';
}
