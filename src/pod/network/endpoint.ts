import type * as kplus from 'cdk8s-plus-28';

/**
 * A listener in the network that the containers of one pod share: what a neighbour needs to reach it.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking
 */
export class Endpoint {
  /** @internal */
  public static _create(
    container: string,
    port: number,
    protocol: kplus.Protocol,
    loopback: boolean,
    name?: string,
  ): Endpoint {
    return new Endpoint(container, port, protocol, loopback, name);
  }

  private constructor(
    /** Name of the container that listens. */
    public readonly container: string,
    /** The port, 1-65535. */
    public readonly port: number,
    /** The transport protocol. */
    public readonly protocol: kplus.Protocol,
    /** Whether the listener is bound to the loopback interface, out of reach from other pods and from kubelet probes. */
    public readonly loopback: boolean,
    /** The name of the port, where it has one. */
    public readonly name?: string,
  ) {}

  /**
   * The host under which every container of the pod reaches the listener: `localhost`, or `127.0.0.1` where it is bound to
   * the loopback interface. `localhost` is `::1`, too: a client of UDP may send there for ever, and never learn that nobody
   * listens; clients of MySQL take `localhost` for a Unix socket.
   *
   * @see https://dev.mysql.com/doc/refman/8.4/en/connecting.html
   */
  public get host(): string {
    return this.loopback ? '127.0.0.1' : 'localhost';
  }

  /** Host and port, such as `localhost:9000`. */
  public get address(): string {
    return `${this.host}:${this.port}`;
  }

  /** The endpoint as an HTTP URL, such as `http://localhost:9000`. */
  public get url(): string {
    return `http://${this.address}`;
  }
}
