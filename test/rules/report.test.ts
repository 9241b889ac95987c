import { type Finding, Severity } from '../../src/rules/finding';
import { describe as describeFinding, PodRulesReport, summary } from '../../src/rules/report';

const { ERROR, WARNING, INFO, OFF } = Severity;

function finding(severity: Severity, more: Partial<Finding> = {}): Finding {
  return {
    rule: 'image-tag',
    severity,
    message: 'image "acme/app" has no tag',
    fix: 'name a tag',
    path: 'spec.containers[0].image',
    ...more,
  };
}

const SUPPRESSED = finding(ERROR, { suppressedBecause: 'built on this node' });
const ALL = [finding(WARNING), SUPPRESSED, finding(ERROR), finding(INFO), finding(ERROR)];
const REPORT = new PodRulesReport(ALL);

describe('a report', () => {
  test('keeps the findings that count from those that are suppressed, in their order', () => {
    expect(REPORT.findings).toEqual([ALL[0], ALL[2], ALL[3], ALL[4]]);
    expect(REPORT.suppressed).toEqual([SUPPRESSED]);
  });

  test.each([
    [ERROR, [ERROR, ERROR]],
    [WARNING, [WARNING, ERROR, ERROR]],
    [INFO, [WARNING, ERROR, INFO, ERROR]],
    [OFF, [WARNING, ERROR, INFO, ERROR]],
  ])('gives the findings that are at least "%s", none of them suppressed', (limit, severities) => {
    expect(REPORT.atLeast(limit).map(({ severity }) => severity)).toEqual(severities);
  });

  test('is not changed by whoever reads it', () => {
    REPORT.findings.pop();
    REPORT.suppressed.pop();
    expect([REPORT.findings.length, REPORT.suppressed.length]).toEqual([4, 1]);
  });

  test('tells its findings one below the other, and how many there are', () => {
    const pod = { kind: 'Pod', name: 'web' };
    const report = new PodRulesReport([finding(ERROR, pod), finding(INFO, { path: '' }), SUPPRESSED]);
    expect(report.toString()).toBe(
      [
        'error Pod/web spec.containers[0].image: image "acme/app" has no tag; name a tag (image-tag)',
        'info : image "acme/app" has no tag; name a tag (image-tag)',
        '1 error, 1 info, 1 suppressed',
      ].join('\n'),
    );
  });

  test('of nothing says so', () => {
    expect(`${new PodRulesReport([])}`).toBe('no findings');
  });
});

test.each<[Partial<Finding>, string]>([
  [{ kind: 'Pod', name: 'web' }, 'Pod/web spec.containers[0].image'],
  [{ kind: 'Pod' }, 'Pod spec.containers[0].image'],
  [{ name: 'web' }, 'web spec.containers[0].image'],
  [{ kind: 'Pod', name: 'web', path: '' }, 'Pod/web'],
  [{}, 'spec.containers[0].image'],
])('a finding of %j stands at "%s"', (more, where) => {
  expect(describeFinding(finding(WARNING, more))).toBe(
    `warning ${where}: image "acme/app" has no tag; name a tag (image-tag)`,
  );
});

test.each([
  [[], 'no findings'],
  [[finding(ERROR)], '1 error'],
  [[finding(WARNING)], '1 warning'],
  [[finding(INFO)], '1 info'],
  [[SUPPRESSED], '1 suppressed'],
  [[...ALL, ...ALL], '4 errors, 2 warnings, 2 infos, 2 suppressed'],
])('%j is summed up as "%s"', (findings, text) => {
  expect(summary(new PodRulesReport(findings))).toBe(text);
});
