import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { writePeer } from '../peers.mjs';

/** What jsii asks for beside the peers. */
const TOOLS = { annotations: '16.0.3', 'javax.annotation-api': '1.3.2' };
const QUICK = ['-DskipTests', '-Dmaven.javadoc.skip', '-Dmaven.source.skip'];

/** Compiles the package and the apps, and runs them. The repository of Maven is one of the test's own. */
export function checkJava({ root, folder, made, run, check, note, compare }) {
  const sources = join(root, 'test/languages/java');
  const versions = readVersions(join(sources, 'pom.xml'));
  const mvn = (cwd, ...args) => run('mvn', ['-q', '-B', `-Dmaven.repo.local=${join(folder, 'm2')}`, ...args], { cwd });
  const peer = `org.cdk8s:cdk8s-plus-28:${versions['cdk8s-plus-28']}`;
  if (isPublished(mvn, folder, peer)) {
    note(`java: published ${peer}`);
  } else {
    note(`java: ${peer} cannot be had; it is made from the npm package`);
    install(mvn, writePeer(root, join(folder, 'peers'), 'cdk8s-plus-28', 'java', run), versions);
  }
  install(mvn, made, versions);
  cpSync(sources, join(folder, 'app'), { recursive: true });
  mvn(join(folder, 'app'), 'compile', 'dependency:build-classpath', '-Dmdep.outputFile=classpath');
  check('java: the apps compile', true);
  const path = [join(folder, 'app/target/classes'), readFileSync(join(folder, 'app/classpath'), 'utf8').trim()];
  const args = [`-Djava.io.tmpdir=${folder}`, '-cp', path.join(delimiter)];
  compare('java', args, {}, ['example.Main', 'example.Shop']);
}

/** The versions that the apps pin, by artifact. */
function readVersions(file) {
  const pom = readFileSync(file, 'utf8');
  const property = (name) => new RegExp(`<${name}\\.version>(.*?)<`).exec(pom)[1];
  const names = { cdk8s: 'cdk8s', 'cdk8s-plus-28': 'cdk8s-plus', constructs: 'constructs', 'jsii-runtime': 'jsii' };
  return {
    ...TOOLS,
    ...Object.fromEntries(Object.entries(names).map(([artifact, name]) => [artifact, property(name)])),
  };
}

function isPublished(mvn, folder, artifact) {
  try {
    mvn(folder, 'dependency:get', `-Dartifact=${artifact}`, '-Dtransitive=false');
    return true;
  } catch {
    return false;
  }
}

/** Installs a package, with one version in place of each range: Maven would read the POM of every release in it. */
function install(mvn, folder, versions) {
  const file = join(folder, 'pom.xml');
  const range = /(<artifactId>)([\w.-]+)(<\/artifactId>\s*<version>)[[(][^<]*</g;
  const pinned = readFileSync(file, 'utf8').replace(
    range,
    (_, start, name, middle) => `${start}${name}${middle}${versions[name]}<`,
  );
  writeFileSync(file, pinned);
  mvn(folder, 'install', ...QUICK);
}
