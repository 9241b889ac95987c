import { summary } from '../report';
import type { Outcome } from './outcome';

/** An outcome in one line: `2 errors, 1 warning, 1 suppressed in 14 objects`. */
export function summaryLine({ findings, suppressed, objects, passedOver, unusable }: Outcome): string {
  const found = summary({ findings: [...findings], suppressed: [...suppressed] });
  const others = [
    passedOver > 0 ? `${counted(passedOver, 'file')} without objects passed over` : '',
    unusable.length > 0 ? `${counted(unusable.length, 'input')} not usable` : '',
  ];
  return [`${found} in ${counted(objects, 'object')}`, ...others].filter((part) => part !== '').join('; ');
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
