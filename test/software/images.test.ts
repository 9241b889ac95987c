import { isPinned } from '../../src/private/image-names';
import * as images from '../../src/software/images';

describe.each(Object.entries(images))(
  'the image %s',
  (_, { image, user, port, writableDirectories = [] }: images.Image) => {
    test('is pinned, with its registry', () => {
      expect(isPinned(image)).toBe(true);
      expect(image.split('/')[0]).toMatch(/^[a-z0-9.]+\.[a-z]+$/);
    });

    test('runs without root: a numeric user, a port that it may open, absolute directories', () => {
      expect(user).toBeGreaterThan(0);
      expect(port ?? 1024).toBeGreaterThanOrEqual(1024);
      expect(writableDirectories.filter((directory) => !directory.startsWith('/'))).toEqual([]);
    });
  },
);

test('both builds of Fluent Bit are of one release', () => {
  expect(images.FLUENT_BIT_DEBUG).toEqual({ ...images.FLUENT_BIT, image: `${images.FLUENT_BIT.image}-debug` });
});
