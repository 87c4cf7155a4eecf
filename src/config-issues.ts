import type { Document } from 'yaml';
import { nearest } from './text/nearest.ts';

/** The parts of a zod issue that messages are made of. */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message?: string;
  readonly input?: unknown;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly errors?: readonly (readonly Issue[])[];
  /** What is wrong with a key of a mapping. */
  readonly issues?: readonly Issue[];
  readonly note?: string;
  readonly expected?: string;
  readonly options?: readonly unknown[];
  readonly discriminator?: string;
}

/** A "one value or a list" that failed is explained by the form that its author chose. */
export function flattenUnion(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union' || !issue.errors?.length) return [issue];
  const wroteList = Array.isArray(issue.input);
  const branch =
    issue.errors.find((errors) => errors.some((error) => wroteList === error.path.length > 0)) ?? issue.errors[0]!;
  return branch.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })).flatMap(flattenUnion);
}

/** One sentence: subject, bad value, what is allowed. */
export function describeIssue(issue: Issue): string {
  const place = issue.path.map(String).join('.') || 'the file';
  switch (issue.code) {
    case 'unrecognized_keys': {
      const [key] = issue.keys!;
      return `${place}: unknown key ${quote(key)}; remove it or correct its spelling`;
    }
    case 'invalid_value': {
      const allowed = issue.values!.map(String);
      return `${place}: ${quote(issue.input)} is not allowed; ${suggest(String(issue.input), allowed)}`;
    }
    case 'invalid_union': {
      const allowed = (issue.options ?? []).map(String);
      const given = (issue.input as Record<string, unknown> | undefined)?.[issue.discriminator ?? 'kind'];
      const label = `${place}.${issue.discriminator ?? 'kind'}`;
      return given === undefined
        ? `${label}: missing; use ${allowed.join(', ')}`
        : `${label}: ${quote(given)} is not allowed; ${suggest(typeof given === 'string' ? given : quote(given), allowed)}`;
    }
    case 'invalid_key':
      return `${place}: this name is not allowed; give ${issue.issues?.[0]?.message ?? 'another one'}`;
    case 'invalid_type':
      return issue.input === undefined
        ? `${place}: missing; give ${article(issue.expected)}`
        : `${place}: ${quote(issue.input)} is not allowed; give ${article(issue.expected)}`;
    default:
      return `${place}: ${quote(issue.input)} is not allowed; ${issue.message ?? 'see the schema'}`;
  }
}

function article(expected: string | undefined): string {
  const noun = { record: 'mapping', object: 'mapping', array: 'list', int: 'whole number' }[expected ?? ''] ?? expected;
  return `a ${noun ?? 'value'}`;
}

/** A value as it may stand in a message. */
export function quote(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** What is allowed, with the nearest spelling. */
export function suggest(wrong: string, allowed: readonly string[]): string {
  const close = nearest(wrong, allowed);
  return `use ${allowed.join(', ')}${close === null ? '' : ` (did you mean ${quote(close)}?)`}`;
}

/** Byte offset of the node that an issue is about; of the key itself for an unknown key; else of its nearest parent. */
export function offsetOf(document: Document.Parsed, issue: Pick<Issue, 'code' | 'path' | 'keys'>): number {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    const parent = path.length === 0 ? document.contents : document.getIn(path, true);
    const pairs = (parent as { items?: { key?: { value?: unknown; range?: number[] } }[] } | null)?.items ?? [];
    const pair = pairs.find((candidate) => candidate.key?.value === issue.keys?.[0]);
    if (pair?.key?.range) return pair.key.range[0]!;
  }
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = (node as { range?: number[] } | null | undefined)?.range;
    if (range) return range[0]!;
  }
  return 0;
}
