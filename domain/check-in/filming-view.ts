import type { ExerciseCategory } from '#domain/program/exercise';

/** From where a phone films the hand: `side` = the thumb points to the camera, `above` = the camera looks down. */
export type FilmingView = 'side' | 'above';

/**
 * A joint that bends is judged from its side: seen from the front, a bend is only a finger that gets shorter, and a
 * 2-D angle says nothing. Tasks with an object, both hands or a mirror are filmed from
 * above, so that all of it is in the picture.
 */
const VIEW_OF: Record<ExerciseCategory, FilmingView> = {
  range_of_motion: 'side',
  tendon_glide: 'side',
  isometric: 'side',
  putty: 'side',
  pinch: 'side',
  extensor: 'side',
  wrist: 'side',
  dexterity: 'above',
  sensory: 'above',
  mirror: 'above',
  daily_task: 'above',
  preparation: 'above',
  recovery: 'above',
};

/** The view for an exercise of this category; an own or unknown category, and a general question, show the whole hand. */
export function filmingViewOf(category: string | null): FilmingView {
  return category !== null && Object.hasOwn(VIEW_OF, category) ? VIEW_OF[category as ExerciseCategory] : 'above';
}
