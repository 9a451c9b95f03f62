import type { SpreadTable } from './spread';

/** Key pinch, mean of three trials, pounds: Mathiowetz 1985, recalled and not read again. Never shown as a norm. */
export const MATHIOWETZ_KEY_LB: SpreadTable = {
  male: [
    { fromAge: 20, right: { mean: 26, sd: 3.5 }, left: { mean: 24.8, sd: 3.4 } },
    { fromAge: 25, right: { mean: 26.7, sd: 4.9 }, left: { mean: 25, sd: 4.4 } },
    { fromAge: 30, right: { mean: 26.4, sd: 4.8 }, left: { mean: 26.2, sd: 5.1 } },
    { fromAge: 35, right: { mean: 26.1, sd: 3.2 }, left: { mean: 25.6, sd: 3.9 } },
    { fromAge: 40, right: { mean: 25.6, sd: 2.6 }, left: { mean: 25.1, sd: 4 } },
    { fromAge: 45, right: { mean: 25.8, sd: 3.9 }, left: { mean: 24.8, sd: 4.4 } },
    { fromAge: 50, right: { mean: 26.7, sd: 4.4 }, left: { mean: 26.1, sd: 4.2 } },
    { fromAge: 55, right: { mean: 24.2, sd: 4.2 }, left: { mean: 23, sd: 4.7 } },
    { fromAge: 60, right: { mean: 23.2, sd: 5.4 }, left: { mean: 22.2, sd: 4.1 } },
    { fromAge: 65, right: { mean: 23.4, sd: 3.9 }, left: { mean: 22, sd: 3.6 } },
    { fromAge: 70, right: { mean: 19.3, sd: 2.4 }, left: { mean: 19.2, sd: 3 } },
    { fromAge: 75, right: { mean: 20.5, sd: 4.6 }, left: { mean: 19.1, sd: 3 } },
  ],
  female: [
    { fromAge: 20, right: { mean: 17.6, sd: 2 }, left: { mean: 16.2, sd: 2.1 } },
    { fromAge: 25, right: { mean: 17.7, sd: 2.1 }, left: { mean: 16.6, sd: 2.1 } },
    { fromAge: 30, right: { mean: 18.7, sd: 3 }, left: { mean: 17.8, sd: 3.6 } },
    { fromAge: 35, right: { mean: 16.6, sd: 2 }, left: { mean: 16, sd: 2.7 } },
    { fromAge: 40, right: { mean: 16.7, sd: 3.1 }, left: { mean: 15.8, sd: 3.1 } },
    { fromAge: 45, right: { mean: 17.6, sd: 3.2 }, left: { mean: 16.6, sd: 2.9 } },
    { fromAge: 50, right: { mean: 16.7, sd: 2.5 }, left: { mean: 16.1, sd: 2.7 } },
    { fromAge: 55, right: { mean: 15.7, sd: 2.5 }, left: { mean: 14.7, sd: 2.2 } },
    { fromAge: 60, right: { mean: 15.5, sd: 2.7 }, left: { mean: 14.1, sd: 2.5 } },
    { fromAge: 65, right: { mean: 15, sd: 2.6 }, left: { mean: 14.3, sd: 2.8 } },
    { fromAge: 70, right: { mean: 14.5, sd: 2.9 }, left: { mean: 13.8, sd: 3 } },
    { fromAge: 75, right: { mean: 12.6, sd: 2.3 }, left: { mean: 11.4, sd: 2.6 } },
  ],
};

/** Palmar pinch, mean of three trials, pounds: Mathiowetz 1985, recalled and not read again. Never shown as a norm. */
export const MATHIOWETZ_PALMAR_LB: SpreadTable = {
  male: [
    { fromAge: 20, right: { mean: 26.6, sd: 5.3 }, left: { mean: 25.7, sd: 5.8 } },
    { fromAge: 25, right: { mean: 26, sd: 4.3 }, left: { mean: 25.1, sd: 4.2 } },
    { fromAge: 30, right: { mean: 24.7, sd: 4.7 }, left: { mean: 25.4, sd: 5.7 } },
    { fromAge: 35, right: { mean: 26.2, sd: 4.1 }, left: { mean: 25.9, sd: 5.4 } },
    { fromAge: 40, right: { mean: 24.5, sd: 4.3 }, left: { mean: 24.8, sd: 4.9 } },
    { fromAge: 45, right: { mean: 24, sd: 3.3 }, left: { mean: 23.7, sd: 3.8 } },
    { fromAge: 50, right: { mean: 23.8, sd: 5.4 }, left: { mean: 24, sd: 5.8 } },
    { fromAge: 55, right: { mean: 23.7, sd: 4.8 }, left: { mean: 21.3, sd: 4.5 } },
    { fromAge: 60, right: { mean: 21.8, sd: 3.3 }, left: { mean: 21.2, sd: 3.2 } },
    { fromAge: 65, right: { mean: 21.4, sd: 3 }, left: { mean: 21.2, sd: 4.1 } },
    { fromAge: 70, right: { mean: 18.1, sd: 3.4 }, left: { mean: 18.8, sd: 3.3 } },
    { fromAge: 75, right: { mean: 18.7, sd: 4.2 }, left: { mean: 18.3, sd: 3.8 } },
  ],
  female: [
    { fromAge: 20, right: { mean: 17.2, sd: 2.3 }, left: { mean: 16.3, sd: 2.8 } },
    { fromAge: 25, right: { mean: 17.7, sd: 3.2 }, left: { mean: 17, sd: 3 } },
    { fromAge: 30, right: { mean: 19.3, sd: 5 }, left: { mean: 18.1, sd: 4.8 } },
    { fromAge: 35, right: { mean: 17.5, sd: 4.2 }, left: { mean: 17.1, sd: 3.4 } },
    { fromAge: 40, right: { mean: 17, sd: 3.1 }, left: { mean: 16.6, sd: 3.5 } },
    { fromAge: 45, right: { mean: 17.9, sd: 3 }, left: { mean: 17.5, sd: 2.8 } },
    { fromAge: 50, right: { mean: 17.3, sd: 3.1 }, left: { mean: 16.6, sd: 2.9 } },
    { fromAge: 55, right: { mean: 16, sd: 3.1 }, left: { mean: 15.4, sd: 3 } },
    { fromAge: 60, right: { mean: 14.8, sd: 3.1 }, left: { mean: 14.3, sd: 2.7 } },
    { fromAge: 65, right: { mean: 14.2, sd: 3.1 }, left: { mean: 13.7, sd: 3 } },
    { fromAge: 70, right: { mean: 14.4, sd: 2.7 }, left: { mean: 14, sd: 1.9 } },
    { fromAge: 75, right: { mean: 12, sd: 2.6 }, left: { mean: 11.5, sd: 2.6 } },
  ],
};

/** Nine-hole peg test, seconds: Oxford Grice 2003, recalled and not read again. Never shown as a norm. */
export const OXFORD_GRICE_PEG_SECONDS: SpreadTable = {
  male: [
    { fromAge: 21, right: { mean: 16.41, sd: 1.65 }, left: { mean: 17.53, sd: 1.73 } },
    { fromAge: 26, right: { mean: 16.88, sd: 1.89 }, left: { mean: 17.84, sd: 2.22 } },
    { fromAge: 31, right: { mean: 17.54, sd: 2.7 }, left: { mean: 18.47, sd: 2.94 } },
    { fromAge: 36, right: { mean: 17.71, sd: 2.12 }, left: { mean: 18.62, sd: 2.3 } },
    { fromAge: 41, right: { mean: 18.54, sd: 2.88 }, left: { mean: 18.49, sd: 2.42 } },
    { fromAge: 46, right: { mean: 18.35, sd: 2.47 }, left: { mean: 19.57, sd: 2.69 } },
    { fromAge: 51, right: { mean: 18.93, sd: 2.37 }, left: { mean: 19.84, sd: 3.1 } },
    { fromAge: 56, right: { mean: 20.9, sd: 4.55 }, left: { mean: 21.64, sd: 3.39 } },
    { fromAge: 61, right: { mean: 20.87, sd: 3.5 }, left: { mean: 21.6, sd: 2.98 } },
    { fromAge: 66, right: { mean: 21.23, sd: 3.29 }, left: { mean: 22.29, sd: 3.71 } },
    { fromAge: 71, right: { mean: 25.79, sd: 5.6 }, left: { mean: 25.95, sd: 4.54 } },
  ],
  female: [
    { fromAge: 21, right: { mean: 16.04, sd: 1.82 }, left: { mean: 17.21, sd: 1.55 } },
    { fromAge: 26, right: { mean: 15.9, sd: 1.91 }, left: { mean: 16.97, sd: 1.77 } },
    { fromAge: 31, right: { mean: 16.69, sd: 1.7 }, left: { mean: 17.47, sd: 2.13 } },
    { fromAge: 36, right: { mean: 16.74, sd: 1.95 }, left: { mean: 18.16, sd: 2.08 } },
    { fromAge: 41, right: { mean: 16.54, sd: 2.14 }, left: { mean: 17.64, sd: 2.06 } },
    { fromAge: 46, right: { mean: 17.36, sd: 2.01 }, left: { mean: 17.96, sd: 2.3 } },
    { fromAge: 51, right: { mean: 17.38, sd: 1.88 }, left: { mean: 18.92, sd: 2.29 } },
    { fromAge: 56, right: { mean: 17.86, sd: 2.39 }, left: { mean: 19.48, sd: 3.26 } },
    { fromAge: 61, right: { mean: 18.99, sd: 2.18 }, left: { mean: 20.33, sd: 2.76 } },
    { fromAge: 66, right: { mean: 19.9, sd: 3.15 }, left: { mean: 21.44, sd: 3.97 } },
    { fromAge: 71, right: { mean: 22.49, sd: 6.02 }, left: { mean: 24.11, sd: 5.66 } },
  ],
};

/** Box and block, blocks in a minute: Mathiowetz 1985, recalled and not read again. Never shown as a norm. */
export const MATHIOWETZ_BOX_BLOCKS: SpreadTable = {
  male: [
    { fromAge: 20, right: { mean: 88.2, sd: 8.8 }, left: { mean: 86.4, sd: 8.5 } },
    { fromAge: 25, right: { mean: 85, sd: 7.5 }, left: { mean: 84.1, sd: 7.1 } },
    { fromAge: 30, right: { mean: 81.9, sd: 9 }, left: { mean: 81.3, sd: 8.1 } },
    { fromAge: 35, right: { mean: 81.9, sd: 9.5 }, left: { mean: 79.8, sd: 9.7 } },
    { fromAge: 40, right: { mean: 83, sd: 8.1 }, left: { mean: 80, sd: 8.8 } },
    { fromAge: 45, right: { mean: 76.9, sd: 9.2 }, left: { mean: 75.8, sd: 7.8 } },
    { fromAge: 50, right: { mean: 79, sd: 9.7 }, left: { mean: 77, sd: 9.2 } },
    { fromAge: 55, right: { mean: 75.2, sd: 11.9 }, left: { mean: 73.8, sd: 10.5 } },
    { fromAge: 60, right: { mean: 71.3, sd: 8.8 }, left: { mean: 70.5, sd: 8.1 } },
    { fromAge: 65, right: { mean: 68.4, sd: 7.1 }, left: { mean: 67.4, sd: 7.8 } },
    { fromAge: 70, right: { mean: 66.3, sd: 9.2 }, left: { mean: 64.3, sd: 9.8 } },
    { fromAge: 75, right: { mean: 63, sd: 7.1 }, left: { mean: 61.3, sd: 8.4 } },
  ],
  female: [
    { fromAge: 20, right: { mean: 88, sd: 8.3 }, left: { mean: 83.4, sd: 7.9 } },
    { fromAge: 25, right: { mean: 86, sd: 7.4 }, left: { mean: 80.9, sd: 6.4 } },
    { fromAge: 30, right: { mean: 85.2, sd: 7.4 }, left: { mean: 80.2, sd: 5.6 } },
    { fromAge: 35, right: { mean: 84.8, sd: 6.1 }, left: { mean: 83.5, sd: 6.1 } },
    { fromAge: 40, right: { mean: 81.1, sd: 8.2 }, left: { mean: 79.7, sd: 8.8 } },
    { fromAge: 45, right: { mean: 82.1, sd: 7.5 }, left: { mean: 78.3, sd: 7.6 } },
    { fromAge: 50, right: { mean: 77.7, sd: 10.7 }, left: { mean: 74.3, sd: 9.9 } },
    { fromAge: 55, right: { mean: 74.7, sd: 8.9 }, left: { mean: 73.6, sd: 7.8 } },
    { fromAge: 60, right: { mean: 76.1, sd: 6.9 }, left: { mean: 73.6, sd: 6.4 } },
    { fromAge: 65, right: { mean: 72, sd: 6.2 }, left: { mean: 71.3, sd: 7.7 } },
    { fromAge: 70, right: { mean: 68.6, sd: 7 }, left: { mean: 68.3, sd: 7 } },
    { fromAge: 75, right: { mean: 65, sd: 7.1 }, left: { mean: 63.6, sd: 7.4 } },
  ],
};
