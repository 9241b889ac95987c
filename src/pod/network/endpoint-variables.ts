import * as kplus from 'cdk8s-plus-28';
import type { Endpoint } from './endpoint';

/** Environment variables in which a container finds a listener of its pod. An empty object sets none. */
export interface EndpointVariables {
  /**
   * Name of the container that gets them.
   *
   * @default - the main container
   */
  readonly container?: string;

  /**
   * Name of the variable that holds the host: `localhost`, or `127.0.0.1` for a loopback listener.
   *
   * @default - no variable holds it
   */
  readonly host?: string;

  /**
   * Name of the variable that holds the port.
   *
   * @default - no variable holds it
   */
  readonly port?: string;

  /**
   * Name of the variable that holds host and port, such as `127.0.0.1:5432`.
   *
   * @default - no variable holds it
   */
  readonly address?: string;

  /**
   * Name of the variable that holds an HTTP URL, such as `http://127.0.0.1:8081`.
   *
   * @default - no variable holds it
   */
  readonly url?: string;
}

/** The variables that are named, with what each holds. */
export function toEnvEntries(endpoint: Endpoint, variables: EndpointVariables): (readonly [string, kplus.EnvValue])[] {
  const { host, port, address, url } = endpoint;
  return Object.entries({ host, port: String(port), address, url }).flatMap(([part, value]) => {
    const name = variables[part as 'host' | 'port' | 'address' | 'url'];
    return name === undefined ? [] : [[name, kplus.EnvValue.fromValue(value)] as const];
  });
}
