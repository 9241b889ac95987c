// The names by which the packages of the generations of cdk8s-plus are told apart, in each language.
const GENERATIONS = require('./generations.json');

const OWN = 'cdk8s-pod-patterns';
const PLUS = 'cdk8s-plus-28';

/** The name where it is that of the package: not the command, an annotation, or the repository. */
const PACKAGE_NAMES = [
  /(?<=['"^])cdk8s-pod-patterns(?=['"$])/g,
  /cdk8s-pod-patterns(?=\\?\/testing\b)/g,
  /(?<=node_modules\/|(?:npm|pip) install |npmjs\.com\/package\/|<artifactId>|^# )cdk8s-pod-patterns(?![\w-])/gm,
];

/** The names in the other languages, and what stands between them and the number of a generation. */
const LANGUAGE_NAMES = [
  [/\bcdk8s_pod_patterns(?!\w)/g, '_'],
  [/\bcdk8spodpatterns\b/g, ''],
  [/(?<=-go\/|\b(?=podpatterns[.']))podpatterns(?!\w)/g, ''],
  [/\bCdk8sPodPatterns\b/g, ''],
];

/** The text of a file for a generation. In Markdown the rows of tables stay: they tell the generations apart. */
function adaptText(text, generation, isMarkdown = false) {
  const number = `$1${generation}`;
  const adapt = (part) =>
    LANGUAGE_NAMES.reduce(
      (done, [name, between]) => done.replace(name, (own) => `${own}${between}${generation}`),
      PACKAGE_NAMES.reduce((done, name) => done.replace(name, toPackageName(generation)), part),
    )
      .replaceAll(PLUS, `cdk8s-plus-${generation}`)
      .replace(/\b(cdk8s_plus_|(?:cdk8s)?plus)28\b/g, number);
  return isMarkdown ? text.replace(/^(?!\|).*$/gm, adapt) : adapt(text);
}

function toPackageName(generation) {
  return generation === '28' ? OWN : `${OWN}-${generation}`;
}

/**
 * The description of the package of a generation, with its names in every registry. The types of its props have those of its
 * cdk8s-plus in them, so that it is compiled twice.
 */
function adaptPackage(description, generation) {
  if (generation === '28') {
    return description;
  }
  const name = toPackageName(generation);
  const { scripts, peerDependencies, devDependencies, jsii } = description;
  const { python, java, go, dotnet } = jsii.targets;
  const targets = {
    python: { ...python, distName: name, module: name.replaceAll('-', '_') },
    java: { ...java, package: `${java.package}${generation}`, maven: { ...java.maven, artifactId: name } },
    go: { ...go, packageName: `${go.packageName}${generation}` },
    dotnet: { ...dotnet, namespace: `${dotnet.namespace}${generation}`, packageId: `${dotnet.packageId}${generation}` },
  };
  const { lowest } = GENERATIONS[generation];
  return {
    ...description,
    name,
    scripts: { ...scripts, compile: scripts.build, build: 'npm run compile && (npm run props || npm run compile)' },
    peerDependencies: replacePlus(peerDependencies, generation, `^${lowest}`),
    devDependencies: replacePlus(devDependencies, generation, lowest),
    jsii: { ...jsii, targets: { ...jsii.targets, ...targets } },
  };
}

function replacePlus(dependencies, generation, version) {
  const { [PLUS]: _, ...others } = { ...dependencies, [`cdk8s-plus-${generation}`]: version };
  return Object.fromEntries(Object.entries(others).sort(([one], [other]) => (one < other ? -1 : 1)));
}

module.exports = { GENERATIONS, adaptPackage, adaptText, toPackageName };
