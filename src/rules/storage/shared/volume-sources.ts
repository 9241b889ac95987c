import { hasOwn } from '../../../private/own';
import type { Field } from '../../model/field';
import { checkForm } from '../../model/field-form';
import { listVolumeSources } from '../../model/volumes';
import type { Problem } from '../../rule';
import { VOLUME_FORMS } from './volume-forms';

/** Checks the sources of a volume and of its files. One without a source is an `emptyDir`: Kubernetes completes it so. */
export function checkVolumeSources(volume: Field): Problem[] {
  const sources = listVolumeSources(volume);
  const [first, ...others] = sources;
  return [
    ...others.map((at) => ({
      at,
      message: `volume ${describeVolumeName(volume)} has source \`${at.name}\` beside \`${first!.name}\``,
      fix: `remove \`${at.name}\` or \`${first!.name}\``,
    })),
    ...sources.flatMap((source) =>
      hasOwn(VOLUME_FORMS, source.name) ? checkForm(source, VOLUME_FORMS[source.name]!) : [],
    ),
  ];
}

function describeVolumeName(volume: Field): string {
  const name = volume.at('name').text;
  return name === undefined ? 'without a name' : `"${name}"`;
}
