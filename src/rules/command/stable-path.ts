import type { Field, Key } from '../model/field';
import type { ObjectView } from '../model/object-view';

/** The field of a finding, in its object, by the names of the items on the way: `spec.containers[app].image`. */
export function renderStablePath({ root }: ObjectView, at: Field): string {
  const steps: string[] = [];
  let field = root;
  for (const key of at.keys.slice(root.keys.length)) {
    field = field.follow([key]);
    steps.push(renderStableStep(key, field));
  }
  return steps.join('').replace(/^\./, '');
}

function renderStableStep(key: Key, field: Field): string {
  return typeof key === 'string' ? `.${key}` : `[${field.at('name').scalar ?? ''}]`;
}

/** A message without what changes when lines or items come and go. */
export function omitNumbers(message: string): string {
  return message.replace(/\[\d+\]/g, '[]').replace(/\bline \d+/g, 'line');
}
