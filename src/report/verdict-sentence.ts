import type { Comparison } from '../stats/comparison.ts';

/**
 * A comparison in words, such as “better by 1.9 points [1.2, 2.6]” or “cannot tell (0.3 points [−0.4, 1.0]): about
 * 1.5 more hours, $0.72”. Differences are candidate − baseline in percentage points; the interval is the 95 % one,
 * unless the verdict rests on the margin, then the 90 % one.
 */
export function verdictSentence(comparison: Comparison): string {
  const { difference, verdict, margin, needs } = comparison;
  if (difference === null) return `cannot tell: no interval from ${comparison.blocks} ${comparison.resampled}`;
  const onMargin = verdict === 'equivalent' || verdict === 'not-worse' || verdict === 'worse';
  const { low, high } = onMargin ? difference.interval90 : difference.interval95;
  const size =
    difference.value === 0 && comparison.standardError === 0
      ? `no difference in ${comparison.pairs} pairs, at most ${(high * 100).toFixed(1)} points`
      : `${signedPoints(difference.value)} points [${signedPoints(low)}, ${signedPoints(high)}]`;
  const delta = (margin * 100).toFixed(margin < 0.001 ? 2 : 1);
  switch (verdict) {
    case 'better':
      return `better: ${size}`;
    case 'equivalent':
      return `equivalent within ${delta} points: ${size}`;
    case 'not-worse':
      return `not worse by ${delta} points: ${size}`;
    case 'worse':
      return `worse by more than ${delta} points: ${size}`;
    case 'worse-size-unclear':
      return `worse, size unclear: ${size}`;
    case 'cannot-tell': {
      if (needs === null) return `cannot tell: ${size}; no reasonable amount of speech would`;
      return `cannot tell: ${size}; ${moreSpeechText(comparison)!}`;
    }
  }
}

/** What would settle an open question, such as “about 1.5 h more, $0.72”; `null` where that is not known. */
export function moreSpeechText({ needs, metric }: Comparison): string | null {
  if (needs === null) return null;
  // By its size and spread the difference should have been told by now.
  if (needs.tokens === 0) return 'a little more may tell';
  const cost = needs.costUsd === null ? '' : `, ${dollars(needs.costUsd)}`;
  // Transcripts may come without the length of their audio.
  const unit = metric === 'wer' ? 'words' : 'characters';
  const amount = needs.audioHours > 0 ? hours(needs.audioHours) : `${needs.tokens} ${unit}`;
  return `about ${amount} more${cost}`;
}

function signedPoints(fraction: number): string {
  const points = (fraction * 100).toFixed(1);
  return points.startsWith('-') ? `−${points.slice(1)}` : `+${points}`;
}

function hours(audioHours: number): string {
  return audioHours < 1 ? `${Math.max(1, Math.round(audioHours * 60))} min` : `${audioHours.toFixed(1)} h`;
}

function dollars(usd: number): string {
  return usd > 0 && usd < 0.01 ? 'under $0.01' : `$${usd.toFixed(2)}`;
}
