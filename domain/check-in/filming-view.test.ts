import { describe, expect, it } from 'vitest';
import { EXERCISE_CATEGORIES } from '#domain/program/exercise';
import { filmingViewOf } from './filming-view';

const FROM_THE_SIDE = ['range_of_motion', 'tendon_glide', 'isometric', 'putty', 'pinch', 'extensor', 'wrist'];

describe('from where a hand is filmed', () => {
  it.each(EXERCISE_CATEGORIES)('%s: a bend from the side, a task from above', (category) => {
    expect(filmingViewOf(category)).toBe(FROM_THE_SIDE.includes(category) ? 'side' : 'above');
  });

  it.each([null, 'of_our_own', 'constructor'])('%s shows the whole hand from above', (category) => {
    expect(filmingViewOf(category)).toBe('above');
  });
});
