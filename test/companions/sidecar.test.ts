import { Sidecar } from '../../src';
import { describeCompanion } from '../contract';

describeCompanion('Sidecar', {
  make: () =>
    new Sidecar({ name: 'echo', image: 'acme/echo:1.0.0', user: 1001, ports: [{ number: 7007, name: 'echo' }] }),
  containers: ['echo'],
});
