import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAID_BY_SLUG } from '#domain/annotation/measurement-prefill';
import { EXERCISE_CATEGORIES, type Exercise, libraryFileSchema } from '#domain/program/exercise';
import { isStrengthening } from '#domain/program/publishing';

const folder = join(import.meta.dirname, 'library');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const library: Exercise[] = files.flatMap((file) => libraryFileSchema.parse(read(file)));

/** Words a patient never reads: they blame, or promise what nobody knows. */
const BANNED =
  /\b(errors?|fail(s|ed|ure)?|should|must|safe(ly|ty)?|correct(ly)?( form)?|wrong(ly)?|miss(ed)?|bad(ly)?|patient)\b/i;
/** Joints have plain names for a patient. */
const JARGON =
  /\b(MCP|PIP|DIP|IP|CMC|flex(ion|es|ed)?|exten(sion|ds|ded)|abduct\w*|adduct\w*|opposition|neutral|isometric)\b/;

function patientWords({ texts, errorTags }: Exercise): string[] {
  const byLocale = Object.values(texts);
  const words = byLocale.flatMap(({ name, purpose, steps, cues, precautions }) => [
    name,
    purpose,
    ...steps,
    ...cues,
    ...precautions,
  ]);
  return [...words, ...errorTags.map(({ labelPatient }) => labelPatient)];
}

describe('the library', () => {
  it.each(files)('%s parses, loses nothing, and holds the category of its name', (file) => {
    const parsed = libraryFileSchema.parse(read(file));
    expect(parsed).toEqual(read(file));
    for (const { category } of parsed) expect(file).toBe(`${category.replaceAll('_', '-')}.json`);
  });

  it('holds every exercise that says what an angle on it measures', () => {
    expect(library.map(({ slug }) => slug)).toEqual(expect.arrayContaining(Object.keys(SAID_BY_SLUG)));
  });

  it('has every category and at least 16 exercises', () => {
    expect(new Set(library.map(({ category }) => category))).toEqual(new Set(EXERCISE_CATEGORIES));
    expect(library.length).toBeGreaterThanOrEqual(16);
  });

  it('has each slug and each name once', () => {
    const unique = (list: string[]) => expect(list).toHaveLength(new Set(list).size);
    unique(library.map(({ slug }) => slug));
    unique(library.map(({ texts }) => texts.en.name));
  });

  it('strengthening asks for an effort and weighs tissue that heals', () => {
    for (const { slug, category, defaultDose, precautions } of library) {
      if (!isStrengthening(category, defaultDose.load)) continue;
      expect([slug, defaultDose.effortTarget]).not.toEqual([slug, null]);
      expect([slug, precautions.some((one) => one === 'tendon_repair' || one === 'bone_healing')]).toEqual([
        slug,
        true,
      ]);
    }
  });
});

describe.each(library.map((exercise) => [exercise.slug, exercise] as const))('%s', (_, exercise) => {
  const words = patientWords(exercise);

  it('uses words a patient may read', () => {
    for (const text of words) {
      expect(text).not.toMatch(BANNED);
      expect(text).not.toMatch(JARGON);
    }
  });

  it('says one short thing at a time', () => {
    const { name, purpose, steps, cues, precautions } = exercise.texts.en;
    expect(name.length).toBeLessThanOrEqual(40);
    for (const text of [purpose, ...steps, ...cues, ...precautions]) {
      expect(text).toMatch(/^[A-Z0-9].*[.]$/);
      expect(text.length).toBeLessThanOrEqual(80);
      expect(text.slice(0, -1)).not.toMatch(/[.;!?]/);
    }
  });

  it('labels every tag with an instruction', () => {
    for (const { labelPatient } of exercise.errorTags) {
      expect(labelPatient).toMatch(/^[A-Z].*\.$/);
      expect(labelPatient).not.toMatch(/^(Do not|Don't|Never|Your|The)\b/);
    }
  });
});
