import fc from 'fast-check';
import { nearest } from '../../src/private/nearest';

const FIELDS = ['ports', 'env', 'envFrom', 'image', 'imagePullPolicy', 'volumeMounts', 'volumeDevices'];

test.each([
  ['port', 'ports'],
  ['portss', 'ports'],
  ['prots', 'ports'],
  ['Ports', 'ports'],
  ['PORTS', 'ports'],
  ['envfrom', 'envFrom'],
  ['env_from', 'envFrom'],
  ['imagePulPolicy', 'imagePullPolicy'],
  ['volumeMonts', 'volumeMounts'],
  ['vlumeMonts', 'volumeMounts'],
  ['ports', 'ports'],
])('"%s" most likely means "%s"', (name, meant) => {
  expect(nearest(name, FIELDS)).toBe(meant);
});

test.each([
  ['a text of another length', 'imagePullPolicies'.repeat(2)],
  ['four edits, however long the name is', 'volumMnt'],
  ['half of a short name', 'en'],
  ['a single letter', 'e'],
  ['nothing', ''],
  ['another word', 'command'],
])('%s is no typing mistake: "%s"', (_, name) => {
  expect(nearest(name, FIELDS)).toBeUndefined();
});

test('where two names are equally near, the first one is meant', () => {
  expect(nearest('cart', ['cast', 'card'])).toBe('cast');
  expect(nearest('cart', ['card', 'cast'])).toBe('card');
});

test('a nearer name is meant, wherever it stands', () => {
  expect(nearest('cards', ['carts', 'cards'])).toBe('cards');
  expect(nearest('volume', ['column', 'volumes'])).toBe('volumes');
});

test('where no name is known, none is meant', () => {
  expect(nearest('ports', [])).toBeUndefined();
});

test('a name that is known is meant itself, in any case of its letters', () => {
  const name = fc.stringMatching(/^[a-z]{3,12}$/);
  fc.assert(
    fc.property(name, fc.array(name, { maxLength: 5 }), (meant, others) => {
      expect(nearest(meant.toUpperCase(), [...others, meant])).toBe(meant);
    }),
  );
});

test('a long name with one letter too few, too many or wrong is found', () => {
  const name = fc.stringMatching(/^[a-z]{5,20}$/);
  fc.assert(
    fc.property(name, fc.nat(), fc.constantFrom('', 'z', 'zz'), (meant, place, letters) => {
      const at = place % meant.length;
      expect(nearest(meant.slice(0, at) + letters + meant.slice(at + 1), [meant])).toBe(meant);
    }),
  );
});

test('what is meant is always one of the known names', () => {
  const names = fc.array(fc.stringMatching(/^[ab]{0,5}$/), { maxLength: 6 });
  fc.assert(
    fc.property(fc.stringMatching(/^[ab]{0,5}$/), names, (name, known) => {
      expect([undefined, ...known]).toContain(nearest(name, known));
    }),
  );
});
