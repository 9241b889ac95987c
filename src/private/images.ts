/** An image that this library runs unless told otherwise, with what its own documentation says of it. */
export interface Image {
  /** Name with registry and exact tag. */
  readonly image: string;
  /** Numeric UID that it runs as. */
  readonly user: number;
  /** Port it listens on, where it has one. */
  readonly port?: number;
  /** Directories that it must be able to write to. */
  readonly writableDirectories?: readonly string[];
}

/** The unprivileged build of nginx: UID 101, port 8080, PID file and temporary files in /tmp. */
export const NGINX: Image = {
  image: 'docker.io/nginxinc/nginx-unprivileged:1.30.4',
  user: 101,
  port: 8080,
  writableDirectories: ['/tmp'],
};

/** Distroless and without a user of its own: any UID will do. */
export const FLUENT_BIT: Image = {
  image: 'cr.fluentbit.io/fluent/fluent-bit:5.1.1',
  user: 10001,
  port: 2020,
};

/** The same release on Debian, with a shell and `sleep`. */
export const FLUENT_BIT_DEBUG: Image = { ...FLUENT_BIT, image: `${FLUENT_BIT.image}-debug` };

/** A shell and the tools to rotate files, for any UID. */
export const BUSYBOX: Image = {
  image: 'docker.io/library/busybox:1.37.0',
  user: 10001,
};
