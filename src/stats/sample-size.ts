/** Standard normal quantiles: two-sided 5 % error of the first kind, 80 % power. */
const Z_SIGNIFICANCE = 1.959964;
export const Z_POWER = 0.841621;
const Z_SQUARED = (Z_SIGNIFICANCE + Z_POWER) ** 2;

/** What a paired comparison's resolution rests on. */
export interface PairedDesign {
  /** Share of reference tokens on which exactly one of the two systems errs. */
  readonly disagreement: number;
  /**
   * How much clustering inflates the variance, 1 + (m̄ − 1)ρ: about 1.5 for many speakers with short clips, 3 and more
   * for few speakers or long calls.
   */
  readonly designEffect: number;
}

/** Before a pilot: two settings of one model that differ on 4 % of the tokens, many speakers. */
export const DEFAULT_DESIGN: PairedDesign = { disagreement: 0.04, designEffect: 1.5 };

/**
 * The design that a pilot showed: tokens × the squared standard error of its difference estimate π × deff, which are
 * all that matters of a design. `null` without a standard error, and where the pilot's systems nowhere differed: that
 * shows that the pilot was small, not that every difference would be found.
 */
export function designOfPilot(referenceTokens: number, standardError: number | null): PairedDesign | null {
  return standardError === null || standardError === 0
    ? null
    : { disagreement: referenceTokens * standardError ** 2, designEffect: 1 };
}

/**
 * The smallest difference of two error rates (a fraction) that a paired comparison over so many reference tokens
 * detects with 80 % power at a two-sided 5 % level. `null` without tokens.
 *
 * Per token the difference d ∈ {−1, 0, 1} has variance π − Δ², so tokens = z² (π − Δ²) deff ÷ Δ², solved for Δ.
 */
export function detectableDifference(tokens: number, design: PairedDesign = DEFAULT_DESIGN): number | null {
  if (!(tokens > 0)) return null;
  const scaled = Z_SQUARED * design.designEffect;
  return Math.sqrt((scaled * design.disagreement) / (tokens + scaled));
}

/** Reference tokens needed to detect a difference of two error rates (a fraction); the inverse of the above. */
export function tokensToDetect(difference: number, design: PairedDesign = DEFAULT_DESIGN): number {
  const variance = Math.max(0, design.disagreement - difference ** 2);
  return Math.ceil((Z_SQUARED * variance * design.designEffect) / difference ** 2);
}
