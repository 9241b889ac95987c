// Writes the report of the Action into the pull request: into the comment that it wrote before, or into a new one.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const { POD_DIFF_TITLE, POD_DIFF_REPORT, POD_DIFF_REPOSITORY, POD_DIFF_NUMBER, GITHUB_TOKEN } = process.env;
const api = `${process.env.GITHUB_API_URL ?? 'https://api.github.com'}/repos/${POD_DIFF_REPOSITORY}`;

/** By this the comment is found again; the title may hold anything, a comment of HTML may not. */
const mark = `<!-- cdk8s-pod-patterns diff ${createHash('sha256').update(POD_DIFF_TITLE).digest('hex').slice(0, 16)} -->`;
const body = `${mark}\n### ${POD_DIFF_TITLE.replace(/[\r\n]+/g, ' ')}\n\n${readFileSync(POD_DIFF_REPORT, 'utf8')}`;

async function ask(method, path, data) {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${GITHUB_TOKEN}`,
      'x-github-api-version': '2022-11-28',
    },
    ...(data && { body: JSON.stringify(data) }),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${(await response.text()).slice(0, 300)}`);
  }
  return response.json();
}

/** The comment that is there, page by page. */
async function findComment() {
  const size = 100;
  for (let page = 1; ; page++) {
    const comments = await ask('GET', `/issues/${POD_DIFF_NUMBER}/comments?per_page=${size}&page=${page}`);
    const found = comments.find((comment) => comment.body?.startsWith(mark));
    if (found || comments.length < size) {
      return found;
    }
  }
}

try {
  const found = await findComment();
  if (!found) {
    await ask('POST', `/issues/${POD_DIFF_NUMBER}/comments`, { body });
  } else if (found.body !== body) {
    await ask('PATCH', `/issues/comments/${found.id}`, { body });
  }
} catch (error) {
  // A pull request of a fork has a token that may not write; the report stands in the log.
  console.log(`::warning title=pod-diff::the comment could not be written: ${String(error.message).replace(/\s+/g, ' ')}`);
}
