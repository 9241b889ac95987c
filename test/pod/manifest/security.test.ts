import fc from 'fast-check';
import { harden } from '../../../src/pod/manifest/security';

const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

function hardened(securityContext?: Record<string, unknown>): unknown {
  const container = { name: 'app', securityContext };
  harden(container);
  return container.securityContext;
}

test('a container that says nothing becomes "restricted"', () => {
  expect(hardened()).toEqual(RESTRICTED);
});

test.each([
  { readOnlyRootFilesystem: false },
  { seccompProfile: { type: 'Localhost', localhostProfile: 'profiles/app.json' } },
  { allowPrivilegeEscalation: true, privileged: true },
])('%j stays, and the rest becomes "restricted"', (stated) => {
  expect(hardened(stated)).toEqual({ ...RESTRICTED, ...stated });
});

test('a capability that is added stays beside the dropped ones', () => {
  expect(hardened({ capabilities: { add: ['NET_BIND_SERVICE'] } })).toEqual({
    ...RESTRICTED,
    capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
  });
});

test('a container that is said to run as root keeps its capabilities, and the rest becomes "restricted"', () => {
  const { capabilities: _, ...rest } = RESTRICTED;
  const root = { runAsNonRoot: false, runAsUser: 0 };
  expect(hardened(root)).toEqual({ ...rest, ...root });
  expect(hardened({ ...root, capabilities: { add: ['SYS_TIME'] } })).toEqual({
    ...rest,
    ...root,
    capabilities: { add: ['SYS_TIME'] },
  });
});

test('a container that only has the number of root drops its capabilities', () => {
  expect(hardened({ runAsUser: 0 })).toEqual({ ...RESTRICTED, runAsUser: 0 });
});

test('capabilities that the user drops are those that are dropped', () => {
  expect(hardened({ capabilities: { drop: ['NET_RAW'] } })).toMatchObject({ capabilities: { drop: ['NET_RAW'] } });
});

test('whatever is stated stays, and hardening twice changes nothing', () => {
  const context = fc.record(
    {
      allowPrivilegeEscalation: fc.boolean(),
      capabilities: fc.record({ add: fc.constant(['SYS_TIME']), drop: fc.constant(['NET_RAW']) }, { requiredKeys: [] }),
      readOnlyRootFilesystem: fc.boolean(),
      runAsNonRoot: fc.boolean(),
      runAsUser: fc.nat(),
      seccompProfile: fc.constant({ type: 'Unconfined' }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(context, (stated) => {
      const once = hardened(stated) as Record<string, unknown>;
      expect(once).toMatchObject(stated);
      expect(hardened(once)).toEqual(once);
    }),
  );
});

test('the security context that was given is not changed', () => {
  const stated = Object.freeze({ capabilities: Object.freeze({ add: ['SYS_TIME'] }) });
  expect(hardened(stated)).toMatchObject(stated);
  expect(stated).toEqual({ capabilities: { add: ['SYS_TIME'] } });
});
