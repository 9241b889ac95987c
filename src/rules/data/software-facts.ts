/** Facts about software, whichever image brings it. */
export interface KnownSoftware {
  /** Its name, as people write it. */
  readonly software: string;
  /** Purpose of the container. Agents and exporters only look on; proxies and servers take requests; helpers serve the pod. */
  readonly role: 'log agent' | 'agent' | 'proxy' | 'exporter' | 'web server' | 'server' | 'helper';
  /** Names of its program. */
  readonly programs?: readonly string[];
  /** Words of a command line with which it may end by itself; nothing where its configuration may say so. */
  readonly endsBy?: RegExp;
  /** Names of variables with which it may. */
  readonly endsByVariable?: RegExp;
  /** Words without which it goes on in the background, so that its container ends. */
  readonly staysBy?: RegExp;
  /** Seconds that it takes to end after SIGTERM at most, where its documentation says. */
  readonly stopSeconds?: number;
}

const ENDS = '--?version|-V|--?help|-h|help|version|--?dry-run';
/** Matches no word. */
export const NEVER = /(?!)/;

/** Words that let a program say something and end, with some of its own. */
export function matchWords(...words: readonly string[]): RegExp {
  return new RegExp(`^(${[ENDS, ...words].join('|')})$`);
}

/** Words that let most programs say something and end. */
export const USUAL = matchWords();
