// What a release would upload: each file with its size and checksum, and each module of Go by its tag.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { listFiles } from './packages.mjs';

const TARGETS = {
  js: ['npm', /\.tgz$/],
  python: ['PyPI', /\.(whl|tar\.gz)$/],
  java: ['Maven Central', /\.(pom|jar)$/],
  dotnet: ['NuGet', /\.s?nupkg$/],
};

/** The files that are uploaded. */
export function listUploads(artifacts) {
  return Object.entries(TARGETS).flatMap(([language, [registry, wanted]]) =>
    listFiles(join(artifacts, language))
      .filter((file) => wanted.test(file))
      .map((file) => ({ registry, file: relative(artifacts, file), ...measure(file) })),
  );
}

/** The modules that are pushed, by their tags. */
export function listModules(artifacts) {
  const folder = join(artifacts, 'go');
  return listFiles(folder)
    .filter((file) => basename(file) === 'go.mod')
    .map((file) => {
      const files = listFiles(dirname(file));
      const version = readFileSync(join(dirname(file), 'version'), 'utf8').trim();
      const size = files.reduce((sum, each) => sum + readFileSync(each).length, 0);
      return { tag: `${relative(folder, dirname(file))}/v${version}`, files: files.length, size };
    });
}

/** Writes the checksums that a release shows, in the form of `sha256sum`. */
export function writeChecksums(artifacts, uploads) {
  const lines = uploads.map(({ file, sha256 }) => `${sha256}  ${file}\n`);
  writeFileSync(join(artifacts, 'SHA256SUMS'), lines.join(''));
}

export function describeUploads(uploads, modules) {
  return [
    ...uploads.map(
      ({ registry, file, size, sha256 }) => `${registry.padEnd(14)}${formatSize(size)}  ${sha256}  ${file}`,
    ),
    ...modules.map(
      ({ tag, files, size }) => `${'Go'.padEnd(14)}${formatSize(size)}  ${`${files} files`.padEnd(64)}  ${tag}`,
    ),
  ].join('\n');
}

function measure(file) {
  const bytes = readFileSync(file);
  return { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function formatSize(bytes) {
  return `${(bytes / 1024).toFixed(0).padStart(7)} KiB`;
}
