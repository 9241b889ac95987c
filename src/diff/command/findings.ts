import { Excerpts } from '../../rules/command/excerpts';
import { Judge } from '../../rules/command/judge';
import type { SettingsFinder } from '../../rules/command/settings/find-settings';
import { renderStablePath } from '../../rules/command/stable-path';
import type { Verdict } from '../../rules/command/verdict';
import { collectFindings } from '../../rules/engine';
import { Severity } from '../../rules/finding';
import { UNUSED_RULE } from '../../rules/ignore';
import { RULES } from '../../rules/list';
import type { ObjectView } from '../../rules/model/object-view';
import { toIdentity } from '../match';

/** A finding, and what makes it the same one before and after. */
interface Known {
  readonly key: string;
  readonly verdict: Verdict;
}

/** The findings of the rules that a change brings, and those that it takes away. */
export function compareFindings(
  before: readonly ObjectView[],
  after: readonly ObjectView[],
  finder: SettingsFinder,
): { begun: Verdict[]; ceased: Verdict[] } {
  const [old, next] = [before, after].map((objects) => collectKnown(objects, finder));
  return { begun: omitKnown(next!, old!), ceased: omitKnown(old!, next!) };
}

/** Those that others lack; of several that look alike, as many as there are more. */
function omitKnown(found: readonly Known[], others: readonly Known[]): Verdict[] {
  const left = new Map<string, number>();
  for (const { key } of others) {
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return found.flatMap(({ key, verdict }) => {
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count > 0 ? [] : [verdict];
  });
}

/** All findings that count, by rule, object and field; items of lists by their names, so that they may move. */
function collectKnown(objects: readonly ObjectView[], finder: SettingsFinder): Known[] {
  const judge = new Judge(finder, { [UNUSED_RULE]: Severity.OFF }, new Excerpts(new Map()));
  const placed = collectFindings(objects, RULES, { ...judge.listOff(objects), [UNUSED_RULE]: Severity.OFF });
  return placed.flatMap((one) => {
    const [verdict] = judge.judge([one]);
    const isCounted = verdict !== undefined && verdict.suppressedBecause === undefined;
    const path = renderStablePath(one.object, one.problem.at);
    return isCounted ? [{ key: `${verdict.rule}\n${toIdentity(one.object)}\n${path}`, verdict }] : [];
  });
}
