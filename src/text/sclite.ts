import type { ErrorCounts } from '../types.ts';

const SUBSTITUTION = 4;
const GAP = 3;

/**
 * Counts the errors of the alignment that NIST's sclite would choose: substitutions cost 4, insertions and deletions
 * 3, so that a gap on either side is preferred to two substitutions, and now and then more errors are counted than
 * the fewest possible (SCTK 1.3). Among alignments of equal cost the one with most hits is taken; sclite's own choice
 * there is not documented and may split errors otherwise.
 *
 * Time grows with the product of the lengths, memory with the shorter dimension.
 */
export function countErrorsAsSclite(reference: readonly string[], hypothesis: readonly string[]): ErrorCounts {
  let start = 0;
  let n = reference.length;
  let p = hypothesis.length;
  // Pairing equal ends is never worse, and is most of the work for good recognizers.
  while (start < n && start < p && reference[start] === hypothesis[start]) start++;
  while (n > start && p > start && reference[n - 1] === hypothesis[p - 1]) {
    n--;
    p--;
  }
  const middle = countMiddle(reference.slice(start, n), hypothesis.slice(start, p));
  return { ...middle, hits: middle.hits + start + reference.length - n };
}

function countMiddle(reference: readonly string[], hypothesis: readonly string[]): ErrorCounts {
  const n = reference.length;
  const p = hypothesis.length;
  // One number holds cost and hits: cost × scale − hits.
  const scale = Math.min(n, p) + 1;
  let row = Float64Array.from({ length: p + 1 }, (_, j) => j * GAP * scale);
  for (let i = 1; i <= n; i++) {
    const next = new Float64Array(p + 1);
    next[0] = i * GAP * scale;
    const token = reference[i - 1];
    for (let j = 1; j <= p; j++) {
      const paired = row[j - 1]! + (hypothesis[j - 1] === token ? -1 : SUBSTITUTION * scale);
      next[j] = Math.min(paired, row[j]! + GAP * scale, next[j - 1]! + GAP * scale);
    }
    row = next;
  }
  const cost = Math.ceil(row[p]! / scale);
  const hits = cost * scale - row[p]!;
  // With H, N and P known, cost = 4 S + 3 (D + I), D = N − H − S and I = P − H − S leave one S.
  const substitutions = (GAP * (n + p - 2 * hits) - cost) / (2 * GAP - SUBSTITUTION);
  return { hits, substitutions, deletions: n - hits - substitutions, insertions: p - hits - substitutions };
}
