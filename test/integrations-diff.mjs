// Runs the steps of the Action that comments, once, as a runner does: in a repository of git, and beside a server that keeps comments.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(ROOT, 'diff');
const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'acme/web:1.0.0' }] }
`;

/** A server of GitHub that knows comments alone, and keeps them in a file. */
const SERVER = `
const { createServer } = require('node:http');
const { writeFileSync } = require('node:fs');
const comments = Array.from({ length: 120 }, (_, id) => ({ id, body: 'of somebody' }));
createServer((request, response) => {
  let text = '';
  request.on('data', (piece) => { text += piece; });
  request.on('end', () => {
    const url = new URL(request.url, 'http://localhost');
    const id = Number(url.pathname.split('/').pop());
    let answer;
    if (request.headers.authorization !== 'Bearer secret') {
      response.statusCode = 403;
      answer = { message: 'Resource not accessible by integration' };
    } else if (request.method === 'GET') {
      const [size, page] = ['per_page', 'page'].map((name) => Number(url.searchParams.get(name)));
      answer = comments.slice((page - 1) * size, page * size);
    } else if (request.method === 'POST') {
      answer = { id: comments.length, ...JSON.parse(text) };
      comments.push(answer);
    } else {
      answer = Object.assign(comments.find((comment) => comment.id === id), JSON.parse(text));
    }
    writeFileSync(process.argv[1], JSON.stringify(comments.slice(120)));
    response.end(JSON.stringify(answer));
  });
}).listen(0, function () { console.log(this.address().port); });
`;

/** @param tarball the packed library */
export async function checkDiffAction(tarball, check) {
  const folder = mkdtempSync(join(tmpdir(), 'diff-action-'));
  const kept = join(folder, 'comments.json');
  const server = spawn(process.execPath, ['-e', SERVER, kept]);
  try {
    const port = await new Promise((resolve) => server.stdout.once('data', (text) => resolve(String(text).trim())));
    const repository = createRepository(folder);
    const run = (given, token = 'secret') =>
      runAction(repository, join(folder, 'runner'), `http://localhost:${port}`, {
        package: tarball,
        paths: 'k8s',
        token,
        ...given,
      });
    const read = () => JSON.parse(readFileSync(kept, 'utf8'));
    write(repository, 'k8s/web.yaml', MANIFEST.replace('1.0.0', '1.1.0'));
    const first = run({});
    check('the Action for diffs writes a comment', first.status === 0 && read().length === 1);
    check(
      'its comment says what happens',
      /### What this change does[\s\S]*acme\/web 1\.0\.0 -&gt; 1\.1\.0|acme\/web 1\.0\.0 -&#62; 1\.1\.0/.test(
        read()[0].body,
      ),
    );
    write(repository, 'k8s/web.yaml', MANIFEST.replace('matchLabels: { app: web }', 'matchLabels: { app: shop }'));
    const second = run({ 'fail-on': 'replace' });
    check(
      'it writes the same comment again',
      read().length === 1 && /must be deleted and made again/.test(read()[0].body),
    );
    check('it fails for what it is told to', second.status === 1 && /exit-code=1/.test(second.outputs));
    run({ title: 'Another' });
    check('another title has a comment of its own', read().length === 2);
    const refused = run({}, 'wrong');
    check('a token that may not write is a warning', refused.status === 0 && /^::warning .*403/m.test(refused.stdout));
    const unknown = run({ base: '--output=/tmp/x' });
    check('a base that is an option of git is none', unknown.status === 2);
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
}

function createRepository(folder) {
  const repository = join(folder, 'repository');
  write(repository, 'k8s/web.yaml', MANIFEST);
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: repository });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'begin');
  return repository;
}

/** The steps of the composite action, one after the other until one fails. */
function runAction(repository, temp, url, given) {
  const { inputs, runs } = parse(readFileSync(join(FOLDER, 'action.yml'), 'utf8'));
  const output = join(temp, 'output');
  mkdirSync(temp, { recursive: true });
  writeFileSync(output, '');
  const readOutput = (name) => new RegExp(`^${name}=(.*)$`, 'm').exec(readFileSync(output, 'utf8'))?.[1] ?? '';
  const values = {
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [`inputs.${name}`, given[name] ?? input.default]),
    ),
    'github.event.pull_request.base.sha': 'HEAD',
    'github.event.pull_request.number': '7',
    'github.repository': 'acme/shop',
  };
  const find = (name) => values[name] ?? readOutput(name.split('.').pop());
  const fill = (text) =>
    text.replace(
      /\$\{\{ (.*?) \}\}/g,
      (_, expression) =>
        expression
          .split(' || ')
          .map(find)
          .find((value) => value !== '') ?? '',
    );
  let result = { status: 0, stdout: '' };
  for (const { run, env } of runs.steps) {
    const own = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, fill(text)]));
    const shared = {
      ...process.env,
      RUNNER_TEMP: temp,
      GITHUB_OUTPUT: output,
      GITHUB_API_URL: url,
      GITHUB_ACTION_PATH: FOLDER,
    };
    const script = join(temp, 'step.sh');
    writeFileSync(script, run);
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: repository,
      env: { ...shared, ...own },
      encoding: 'utf8',
    });
    result = { status, stdout: `${result.stdout}${stdout}${stderr}`, outputs: readFileSync(output, 'utf8') };
    if (status !== 0) {
      break;
    }
  }
  return result;
}

function write(repository, name, text) {
  mkdirSync(dirname(join(repository, name)), { recursive: true });
  writeFileSync(join(repository, name), text);
}
