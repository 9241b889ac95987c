const { parseAllDocuments } = require('yaml');

/** What one file of manifests has otherwise than another: kind and field, with the value in each; items of lists are all `[]`. */
function compareYaml(one, other) {
  const [before, after] = [one, other].map((text) => parseAllDocuments(text).map((document) => document.toJS()));
  const kinds = [before, after].map((objects) =>
    objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).join(),
  );
  return kinds[0] === kinds[1]
    ? before.flatMap((object, index) => compareValues(object, after[index]).map((line) => `${object.kind} ${line}`))
    : [`objects: ${kinds[0]} -> ${kinds[1]}`];
}

function compareValues(one, other, path = '') {
  if (isComposite(one) && isComposite(other) && Array.isArray(one) === Array.isArray(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    const isOrdered =
      Object.keys(one)
        .filter((key) => key in other)
        .join() ===
      Object.keys(other)
        .filter((key) => key in one)
        .join();
    return [
      ...(isOrdered ? [] : [`${path || 'object'}: the order of its fields`]),
      ...keys.flatMap((key) => compareValues(one[key], other[key], toPath(path, key, Array.isArray(one)))),
    ];
  }
  return one === other ? [] : [`${path}: ${format(one)} -> ${format(other)}`];
}

function isComposite(value) {
  return typeof value === 'object' && value !== null;
}

function toPath(path, key, isItem) {
  return isItem ? `${path}[]` : path === '' ? key : `${path}.${key}`;
}

function format(value) {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

module.exports = { compareYaml };
