import { describe, expect, it } from 'vitest';
import { studentQuantile, twoSidedStudentP } from './student.ts';

// Expected values by SciPy 1.17.1.
describe('Student quantile', () => {
  it.each([
    [1, 12.706205],
    [2, 4.302653],
    [3, 3.182446],
    [4, 2.776445],
    [7, 2.364624],
    [14, 2.144787],
    [100, 1.983972],
    [1_000, 1.962339],
  ])('at 5 %% with %d degrees of freedom is %d', (degrees, t) => {
    expect(studentQuantile(0.05, degrees)).toBeCloseTo(t, 6);
  });

  it('is undone by the probability', () => {
    expect(twoSidedStudentP(studentQuantile(0.1, 9), 9)).toBeCloseTo(0.1, 8);
    expect(twoSidedStudentP(0, 3)).toBe(1);
  });
});
