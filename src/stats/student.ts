/**
 * The probability that |T| exceeds t, for Student's T with a whole number of degrees of freedom, by the finite sums of
 * Abramowitz & Stegun 26.7.3 and 26.7.4.
 */
export function twoSidedStudentP(t: number, degreesOfFreedom: number): number {
  const angle = Math.atan(t / Math.sqrt(degreesOfFreedom));
  const cosine = Math.cos(angle);
  const odd = degreesOfFreedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degreesOfFreedom; k += 2) {
    term *= (cosine * cosine * (k - 1)) / k;
    sum += term;
  }
  const inside = odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return 1 - inside;
}

/** The t that |T| exceeds with the given probability, by bisection to nine digits. */
export function studentQuantile(twoSidedP: number, degreesOfFreedom: number): number {
  let low = 0;
  let high = 1;
  while (twoSidedStudentP(high, degreesOfFreedom) > twoSidedP) high *= 2;
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (twoSidedStudentP(middle, degreesOfFreedom) > twoSidedP) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
