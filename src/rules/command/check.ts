import { runRules } from '../engine';
import { type Finding, isAtLeast } from '../finding';
import { RULES } from '../list';
import type { ObjectView } from '../model/object-view';
import { listOmissions, type Omission } from '../omission';
import { PodRulesReport } from '../report';
import type { TextDocument } from '../text/document-cutter';
import type { Check } from './arguments';
import type { Unusable } from './files';
import type { Input } from './input';

/** The result of one call of the command, as every format shows it. */
export interface Outcome {
  /** The findings that count, object by object. */
  readonly findings: readonly Finding[];
  /** The findings that an annotation suppresses. */
  readonly suppressed: readonly Finding[];
  /** The objects and images that were not checked, because they are no finished manifest. */
  readonly omissions: readonly Omission[];
  /** The number of objects that were checked. */
  readonly objects: number;
  /** The number of files in folders that hold no object of Kubernetes. */
  readonly passedOver: number;
  readonly unusable: readonly Unusable[];
  /** The text of a line of a file. */
  findText(file: string, line: number): string | undefined;
}

/** Checks all that was read as one set. */
export function checkManifests(input: Input, { limit, severities }: Pick<Check, 'limit' | 'severities'>): Outcome {
  const report = new PodRulesReport(runRules(input.objects, RULES, severities), listOmissions(input.objects));
  const excerpts = new Excerpts(input.documents);
  return {
    findings: report.atLeast(limit),
    suppressed: report.suppressed.filter(({ severity }) => isAtLeast(severity, limit)),
    omissions: report.omissions,
    objects: input.objects.filter(({ root, unfinished }) => root.isObject && unfinished === undefined).length,
    passedOver: input.passedOver,
    unusable: [...input.unusable, ...input.objects.flatMap(findUnreadable)],
    findText: (file, line) => excerpts.findText(file, line),
  };
}

/** A document that is no YAML: none of its objects could be checked, whatever the settings say of the finding. */
function findUnreadable({ source, root, unfinished }: ObjectView): Unusable[] {
  const { file = '', error } = source;
  return error === undefined || unfinished !== undefined
    ? []
    : [{ file, message: `line ${source.findLine?.(root.keys)}: ${error}` }];
}

/** Lines of documents, by the file and the number of the line. */
export class Excerpts {
  /** The document that was asked for last, in lines: findings come document by document. */
  private last?: { readonly document: TextDocument; readonly lines: readonly string[] };

  public constructor(private readonly documents: ReadonlyMap<string, readonly TextDocument[]>) {}

  public findText(file: string, line: number): string | undefined {
    const document = findDocumentAt(line, this.documents.get(file) ?? []);
    if (!document) {
      return undefined;
    }
    if (this.last?.document !== document) {
      this.last = { document, lines: document.text.split(/\r?\n/) };
    }
    return this.last.lines[line - document.line];
  }
}

/** The last document that begins on this line or above: there may be very many. */
function findDocumentAt(line: number, documents: readonly TextDocument[]): TextDocument | undefined {
  let from = 0;
  let to = documents.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (documents[middle]!.line <= line) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return documents[from - 1];
}
