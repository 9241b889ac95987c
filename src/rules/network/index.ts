import type { Rule } from '../rule';
import { CONTAINER_HOST } from './container-host';
import { HOST_IP } from './host-ip';
import { HOST_NETWORK_DNS } from './host-network-dns';
import { HOST_PORT } from './host-port';
import { HOST_PORT_SHARED } from './host-port-shared';
import { LOCALHOST_PORT } from './localhost-port';
import { LOW_PORT } from './low-port';
import { POD_DNS } from './pod-dns';
import { PORT_COLLISION } from './port-collision';
import { PORT_NAME } from './port-name';
import { PORT_NAME_SHARED } from './port-name-shared';
import { PORT_NAME_UNIQUE } from './port-name-unique';
import { PORT_NUMBER } from './port-number';
import { SCRAPE_PORT } from './scrape-port';
import { SERVICE_DEFINITION } from './service-definition';
import { SERVICE_LOOPBACK } from './service-loopback';
import { SERVICE_PORT_UNLISTED } from './service-port-unlisted';
import { SERVICE_PORTS } from './service-ports';
import { SERVICE_SELECTOR } from './service-selector';
import { SERVICE_TARGET } from './service-target';
import { STATEFUL_SET_SERVICE } from './stateful-set-service';

/** Ports of containers, and Services that lead to them. */
export const NETWORK_RULES: readonly Rule[] = [
  PORT_NUMBER,
  PORT_NAME,
  PORT_NAME_UNIQUE,
  PORT_NAME_SHARED,
  PORT_COLLISION,
  LOCALHOST_PORT,
  CONTAINER_HOST,
  HOST_PORT,
  HOST_PORT_SHARED,
  HOST_IP,
  LOW_PORT,
  POD_DNS,
  HOST_NETWORK_DNS,
  SERVICE_TARGET,
  SERVICE_DEFINITION,
  SERVICE_PORT_UNLISTED,
  SERVICE_LOOPBACK,
  SERVICE_PORTS,
  SERVICE_SELECTOR,
  STATEFUL_SET_SERVICE,
  SCRAPE_PORT,
];
