import { parseWaitSeconds } from './commands';
import type { ContainerView } from './container-view';

/** Seconds that a container waits before its stop signal and does nothing else, as far as is known. */
export function readPreStopSeconds({ field }: ContainerView): number {
  const hook = field.at('lifecycle', 'preStop');
  if (!hook.exists) {
    return 0;
  }
  return hook.at('sleep', 'seconds').number ?? parseWaitSeconds(hook.at('exec', 'command').texts) ?? 0;
}

/** Seconds that a container surely waits before its stop signal, whatever else its hook does. */
export function readDrainSeconds(container: ContainerView): number {
  const script = container.field.at('lifecycle', 'preStop', 'exec', 'command').texts.join(' ');
  const isPlain = !/\b(while|until|for|if|case)\b|\|\||(?<!&)&(?!&)/.test(script);
  const sleeps = isPlain ? [...script.matchAll(/\bsleep\s+(\d+)(?![\w.])/g)].map((match) => Number(match[1])) : [];
  return Math.max(
    readPreStopSeconds(container),
    sleeps.reduce((sum, seconds) => sum + seconds, 0),
  );
}
