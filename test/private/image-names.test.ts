import { isPinned } from '../../src/private/image-names';

const DIGEST = `sha256:${'0'.repeat(64)}`;

test.each([
  ['nginx:1.30.4', true],
  ['docker.io/library/nginx:1.30.4', true],
  ['localhost:5000/acme/app:1.0', true],
  [`nginx@${DIGEST}`, true],
  [`nginx:latest@${DIGEST}`, true],
  [`localhost:5000/app@${DIGEST}`, true],
  ['nginx:latest-1.30', true],
  ['nginx', false],
  ['nginx:latest', false],
  ['docker.io/library/nginx', false],
  ['localhost:5000/acme/app', false],
  ['localhost:5000/acme/app:latest', false],
])('image "%s" is pinned: %s', (image, pinned) => {
  expect(isPinned(image)).toBe(pinned);
});
