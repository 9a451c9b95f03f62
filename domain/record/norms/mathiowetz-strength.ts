import type { SpreadTable } from './spread';

/**
 * Grip, mean of three trials with a Jamar at the second handle, pounds: Mathiowetz 1985, as printed in the manual of the
 * Baseline dynamometer 12-0247, page 5. By hand, not by dominance.
 */
export const MATHIOWETZ_GRIP_LB: SpreadTable = {
  male: [
    { fromAge: 20, right: { mean: 121, sd: 20.6 }, left: { mean: 104.5, sd: 21.8 } },
    { fromAge: 25, right: { mean: 120.8, sd: 23 }, left: { mean: 110.5, sd: 16.2 } },
    { fromAge: 30, right: { mean: 121.8, sd: 22.4 }, left: { mean: 110.4, sd: 21.7 } },
    { fromAge: 35, right: { mean: 119.7, sd: 24 }, left: { mean: 112.9, sd: 21.7 } },
    { fromAge: 40, right: { mean: 116.8, sd: 20.7 }, left: { mean: 112.8, sd: 18.7 } },
    { fromAge: 45, right: { mean: 109.9, sd: 23 }, left: { mean: 100.8, sd: 22.8 } },
    { fromAge: 50, right: { mean: 113.6, sd: 18.1 }, left: { mean: 101.9, sd: 17 } },
    { fromAge: 55, right: { mean: 101.1, sd: 26.7 }, left: { mean: 83.2, sd: 23.4 } },
    { fromAge: 60, right: { mean: 89.7, sd: 20.4 }, left: { mean: 76.8, sd: 20.3 } },
    { fromAge: 65, right: { mean: 91.1, sd: 20.6 }, left: { mean: 76.8, sd: 19.8 } },
    { fromAge: 70, right: { mean: 75.3, sd: 21.5 }, left: { mean: 64.8, sd: 18.1 } },
    { fromAge: 75, right: { mean: 65.7, sd: 21 }, left: { mean: 55, sd: 17 } },
  ],
  female: [
    { fromAge: 20, right: { mean: 70.4, sd: 14.5 }, left: { mean: 61, sd: 13.1 } },
    { fromAge: 25, right: { mean: 74.5, sd: 13.9 }, left: { mean: 63.5, sd: 12.2 } },
    { fromAge: 30, right: { mean: 78.7, sd: 19.2 }, left: { mean: 68, sd: 17.7 } },
    { fromAge: 35, right: { mean: 74.1, sd: 10.8 }, left: { mean: 66.3, sd: 11.7 } },
    { fromAge: 40, right: { mean: 70.4, sd: 13.5 }, left: { mean: 62.3, sd: 13.8 } },
    { fromAge: 45, right: { mean: 62.2, sd: 15.1 }, left: { mean: 56, sd: 12.7 } },
    { fromAge: 50, right: { mean: 65.8, sd: 11.6 }, left: { mean: 57.3, sd: 10.7 } },
    { fromAge: 55, right: { mean: 57.3, sd: 12.5 }, left: { mean: 47.3, sd: 11.9 } },
    { fromAge: 60, right: { mean: 55.1, sd: 10.1 }, left: { mean: 45.7, sd: 10.1 } },
    { fromAge: 65, right: { mean: 49.6, sd: 9.7 }, left: { mean: 41, sd: 8.2 } },
    { fromAge: 70, right: { mean: 49.6, sd: 11.7 }, left: { mean: 41.5, sd: 10.2 } },
    { fromAge: 75, right: { mean: 42.6, sd: 11 }, left: { mean: 37.6, sd: 8.9 } },
  ],
};

/**
 * Tip pinch, mean of three trials, pounds: Mathiowetz 1985, as printed in the manual of the Baseline pinch gauge 12-0480. The
 * right hand of men of 30 to 34 is printed there as 17.4; 17.6 is implied by a second source. The left hand from 75 on was
 * recalled and is not shown (`norms.ts`).
 */
export const MATHIOWETZ_TIP_LB: SpreadTable = {
  male: [
    { fromAge: 20, right: { mean: 18, sd: 3 }, left: { mean: 17, sd: 2.3 } },
    { fromAge: 25, right: { mean: 18.3, sd: 4.4 }, left: { mean: 17.5, sd: 5.2 } },
    { fromAge: 30, right: { mean: 17.6, sd: 6.7 }, left: { mean: 17.6, sd: 4.8 } },
    { fromAge: 35, right: { mean: 18, sd: 3.6 }, left: { mean: 17.7, sd: 3.8 } },
    { fromAge: 40, right: { mean: 17.8, sd: 4 }, left: { mean: 17.7, sd: 3.5 } },
    { fromAge: 45, right: { mean: 18.7, sd: 4.9 }, left: { mean: 17.6, sd: 4.1 } },
    { fromAge: 50, right: { mean: 18.3, sd: 4 }, left: { mean: 17.8, sd: 3.9 } },
    { fromAge: 55, right: { mean: 16.6, sd: 3.3 }, left: { mean: 15, sd: 3.7 } },
    { fromAge: 60, right: { mean: 15.8, sd: 3.9 }, left: { mean: 15.3, sd: 3.7 } },
    { fromAge: 65, right: { mean: 17, sd: 4.2 }, left: { mean: 15.4, sd: 2.9 } },
    { fromAge: 70, right: { mean: 13.8, sd: 2.6 }, left: { mean: 13.3, sd: 2.6 } },
    { fromAge: 75, right: { mean: 14, sd: 3.4 }, left: { mean: 13.9, sd: 3.7 } },
  ],
  female: [
    { fromAge: 20, right: { mean: 11.1, sd: 2.1 }, left: { mean: 10.5, sd: 1.7 } },
    { fromAge: 25, right: { mean: 11.9, sd: 1.8 }, left: { mean: 11.3, sd: 1.8 } },
    { fromAge: 30, right: { mean: 12.6, sd: 3 }, left: { mean: 11.7, sd: 2.8 } },
    { fromAge: 35, right: { mean: 11.6, sd: 2.5 }, left: { mean: 11.9, sd: 2.4 } },
    { fromAge: 40, right: { mean: 11.5, sd: 2.7 }, left: { mean: 11.1, sd: 3 } },
    { fromAge: 45, right: { mean: 13.2, sd: 3 }, left: { mean: 12.1, sd: 2.7 } },
    { fromAge: 50, right: { mean: 12.5, sd: 2.2 }, left: { mean: 11.4, sd: 2.4 } },
    { fromAge: 55, right: { mean: 11.7, sd: 1.7 }, left: { mean: 10.4, sd: 1.4 } },
    { fromAge: 60, right: { mean: 10.1, sd: 2.1 }, left: { mean: 9.9, sd: 2 } },
    { fromAge: 65, right: { mean: 10.6, sd: 2 }, left: { mean: 10.5, sd: 2.4 } },
    { fromAge: 70, right: { mean: 10.1, sd: 2.6 }, left: { mean: 9.8, sd: 2.3 } },
    { fromAge: 75, right: { mean: 9.6, sd: 2.8 }, left: { mean: 9.3, sd: 2.4 } },
  ],
};
