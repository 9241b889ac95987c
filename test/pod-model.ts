import { posix } from 'node:path';

/** How a sidecar stops: whether it flushes, could wait for others, and has a hook of its own. */
interface SidecarStop {
  readonly flush?: number;
  readonly waits?: boolean;
  readonly hook?: boolean;
}

/** What a pod of random steps should be: a second opinion, written without the code of the library. */
export class PodModel {
  /** Everything that is wrong with what was said of the pod. */
  public readonly faults: string[] = [];
  /** Names of all containers. */
  public readonly names: string[] = [];
  /** Names of the containers that keep running. */
  public readonly running: string[] = [];
  /** Seconds that the main container takes to stop. */
  public mainStop: number;

  private readonly listeners: { owner: string; key: string; name?: string }[] = [];
  private readonly mounts = new Map<string, { volume: string; readOnly: boolean }>();
  private readonly logs = new Map<string, string>();
  private readonly waits = new Map<string, number>();
  private readonly stops = new Map<string, string>();
  private nativeFlush = 0;
  private classicFlush = 0;

  public constructor(private readonly grace = 30) {
    this.mainStop = grace;
  }

  /** Seconds that the pod needs to stop. */
  public get stop(): number {
    return this.mainStop + this.nativeFlush + this.classicFlush;
  }

  public add(name: string, running: boolean, stop = 'native'): void {
    this.stops.set(name, stop);
    this.require(!this.names.includes(name), `container ${name} is there twice`);
    this.require(/^[a-z0-9-]+$/.test(name), `${name} is no name`);
    this.names.push(name);
    if (running) {
      this.running.push(name);
    }
  }

  public user(user: number): void {
    this.require(user > 0, `${user} is no user`);
  }

  public sidecar(name: string, classic: boolean, job: boolean, stop: SidecarStop): void {
    const { flush = 0, waits = false, hook = false } = stop;
    this.stops.set(name, (!classic && 'native') || (flush > 0 && 'holds') || (hook && 'has a hook') || 'free');
    if (classic) {
      this.require(!job, 'a job has a classic sidecar');
      this.require(flush === 0 || waits, 'a classic sidecar cannot wait');
      this.require(flush === 0 || !hook, 'a classic sidecar waits and has a hook');
      this.classicFlush = Math.max(this.classicFlush, flush > 0 ? flush + 2 : 0);
    } else {
      this.require(!hook, 'a native sidecar has a hook');
      this.nativeFlush += flush;
    }
  }

  /** A container that is stopped with the others waits for some seconds first. */
  public wait(name: string, seconds: number): void {
    this.require(seconds > 0, `${name} waits for nothing`);
    this.require(this.stops.get(name) === 'free', `${name} cannot wait`);
    this.require((this.waits.get(name) ?? seconds) === seconds, `${name} waits for two times`);
    this.waits.set(name, seconds);
  }

  /** What only the whole plan tells: whether those who wait are killed before they stop. */
  public finish(): void {
    const flushes = this.stop > this.mainStop;
    const grace = Math.max(this.grace, flushes ? this.stop + 5 : this.stop);
    for (const [name, seconds] of this.waits) {
      this.require(seconds < grace, `${name} waits ${seconds} s of ${grace} s`);
    }
  }

  public listen(owner: string, port: number, protocol: string, name?: string): void {
    const key = `${port}/${protocol}`;
    this.require(port > 0, `${port} is no port`);
    this.require(name === undefined || /^[a-z0-9-]+$/.test(name), `${name} is no port name`);
    if (!this.running.includes(owner)) {
      return;
    }
    for (const other of this.listeners) {
      if (other.key === key) {
        this.require(other.owner === owner, `${key} is taken`);
        this.require(!name || !other.name || name === other.name, `${key} has two names`);
      } else {
        this.require(name === undefined || name !== other.name, `port name ${name} is taken`);
      }
    }
    this.listeners.push({ owner, key, name });
  }

  public mount(container: string, path: string, volume: string, readOnly = false): void {
    this.require(/^\/[^:]+$/.test(path), `${path} is no mount path`);
    const key = `${container}:${this.normal(path)}`;
    const known = this.mounts.get(key);
    this.require(!known || (known.volume === volume && known.readOnly === readOnly), `${key} is taken`);
    this.mounts.set(key, known ?? { volume, readOnly });
  }

  /** A directory of one container alone. */
  public scratch(container: string, path: string): void {
    this.mount(container, path, `scratch ${container} ${this.normal(path)}`);
  }

  /** The volume that holds the logs which the main container writes to this directory. */
  public writeLogs(directory: string): string {
    const mount = this.mounts.get(`app:${directory}`);
    const volume = this.logs.get(directory) ?? mount?.volume ?? `logs ${directory}`;
    this.require(!mount?.readOnly, `${directory} is read-only`);
    this.mount('app', directory, volume);
    this.logs.set(directory, volume);
    return volume;
  }

  /** A path in its one spelling. */
  public normal(path: string): string {
    return posix.normalize(path).replace(/(.)\/$/, '$1');
  }

  private require(condition: boolean, fault: string): void {
    if (!condition) {
      this.faults.push(fault);
    }
  }
}
