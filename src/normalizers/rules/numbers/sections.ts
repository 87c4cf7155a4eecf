/**
 * One sign of a numeral: a digit or the decimal point; a multiplier of the digit before it (十, 百, 千); or a
 * multiplier of all before it or of the last section (万, 亿).
 */
export type Sign = { readonly digit: string } | { readonly small: number } | { readonly large: number };

/**
 * Value of a numeral in digits, as East Asian languages write them: 三万五千 is 35000, 二〇一九 is 2019, 1.2亿 is 120000000;
 * `null` where it has two decimal points.
 */
export function readSections(signs: readonly Sign[]): string | null {
  if (signs.every((sign) => 'digit' in sign)) return signs.map((sign) => sign.digit).join('');
  let total = 0;
  let section = 0;
  let digits = '';
  for (const sign of signs) {
    if ('small' in sign) {
      section += (digits === '' ? 1 : Number(digits)) * sign.small;
      digits = '';
    } else if ('large' in sign) {
      const before = section + Number(digits);
      // Each multiplies all before it, if that is smaller (三万亿), or only the last section (一亿三万).
      total = total !== 0 && total < sign.large ? (total + before) * sign.large : total + (before || 1) * sign.large;
      section = 0;
      digits = '';
    } else {
      digits += sign.digit;
    }
  }
  const value = Number((total + section + Number(digits)).toPrecision(15));
  return Number.isNaN(value) ? null : value.toString();
}
