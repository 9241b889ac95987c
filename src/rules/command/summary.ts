import { describeTotals } from '../report';
import type { Outcome } from './outcome';

/** An outcome in one line: `2 errors, 1 warning, 1 suppressed in 14 objects`. */
export function formatSummary({ findings, suppressed, objects, passedOver, unusable }: Outcome): string {
  const found = describeTotals({ findings: [...findings], suppressed: [...suppressed] });
  const others = [
    passedOver > 0 ? `${formatNounCount(passedOver, 'file')} without objects passed over` : '',
    unusable.length > 0 ? `${formatNounCount(unusable.length, 'input')} not usable` : '',
  ];
  return [`${found} in ${formatNounCount(objects, 'object')}`, ...others].filter((part) => part !== '').join('; ');
}

function formatNounCount(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
