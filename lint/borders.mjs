// Which subject may use which. A subject is a room that stands in every layer; who opens one should not need the others.
import { posix } from 'node:path';

/**
 * Per layer, each subject with those it may use; everything else is refused. A new arrow is a decision: it goes in here,
 * and it must not close a circle (lint/house.test.ts looks).
 */
export const SUBJECTS = {
  domain: {
    annotation: [],
    program: ['annotation'],
    visit: ['annotation', 'program'],
    // Beneath practice: what a hand must not do is read on Today.
    record: ['annotation', 'program'],
    practice: ['program', 'record', 'visit'],
    clinic: ['practice', 'visit'],
    people: ['practice'],
    'check-in': ['clinic', 'practice', 'program'],
    review: ['annotation', 'program'],
    contact: ['clinic', 'practice', 'program', 'visit'],
  },
  'db/queries': {
    annotation: [],
    program: [],
    visit: [],
    practice: [],
    clinic: [],
    'check-in': [],
    review: ['check-in'],
    people: ['practice', 'review'],
    contact: [],
    record: [],
  },
  'server/acts': {
    annotation: [],
    record: ['annotation', 'people', 'practice', 'program'],
    program: [],
    practice: ['program'],
    clinic: [],
    people: ['contact', 'program'],
    contact: ['clinic', 'program'],
    'check-in': ['clinic', 'people', 'practice', 'program'],
    review: ['annotation', 'check-in', 'program'],
    visit: ['annotation', 'check-in', 'people', 'practice', 'program'],
  },
  'server/routers': {
    annotation: [],
    record: [],
    program: [],
    practice: [],
    clinic: [],
    people: [],
    contact: [],
    'check-in': [],
    review: [],
    visit: [],
  },
  client: {
    annotation: [],
    program: [],
    practice: [],
    people: ['contact', 'practice'],
    contact: [],
    'check-in': [],
    review: ['annotation'],
    visit: ['annotation'],
  },
  components: {
    annotation: [],
    program: [],
    record: ['program'],
    practice: ['program', 'record'],
    people: [],
    contact: ['program'],
    'check-in': [],
    review: ['annotation', 'check-in', 'program'],
    visit: [],
  },
};

/** The layer's own ground, used by every subject: each with what it may use of its layer. */
export const GROUND = {
  domain: { input: [], time: ['input'], chart: [] },
  'db/queries': { runtime: [] },
  'server/acts': {},
  'server/routers': {},
  client: { api: [], device: ['api'] },
  components: { form: [], chart: [] },
};

/** Layers whose subjects use the subjects of another layer under the same rule. */
const SAME_RULE = { components: ['client'] };

const LAYERS = Object.keys(SUBJECTS).sort((a, b) => b.length - a.length);

/** Where a file stands: its layer and room; null outside of both. */
function placeOf(file) {
  const layer = LAYERS.find((one) => file.startsWith(`${one}/`));
  if (!layer) return null;
  const [room, ...rest] = file.slice(layer.length + 1).split('/');
  return rest.length > 0 ? { layer, room } : null;
}

/** The paths from the root that a file imports of this house, types included. */
function importsOf(file, text) {
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport\(?)\s*'([^']+)'/g)].map(([, specifier]) => specifier);
  return specifiers.flatMap((specifier) => {
    if (specifier.startsWith('#')) return [specifier.slice(1)];
    if (specifier.startsWith('.')) return [posix.join(posix.dirname(file), specifier)];
    return [];
  });
}

function mayUse(from, to) {
  const subjects = SUBJECTS[from.layer];
  const ground = GROUND[from.layer];
  if (from.layer === to.layer) {
    if (from.room === to.room) return true;
    if (from.room in ground) return ground[from.room].includes(to.room);
    // A room of neither kind, such as the shell, stands above the subjects.
    if (!(from.room in subjects)) return true;
    return to.room in ground || subjects[from.room].includes(to.room);
  }
  if (!SAME_RULE[from.layer]?.includes(to.layer) || to.room in GROUND[to.layer]) return true;
  if (from.room in ground) return false;
  return !(from.room in subjects) || from.room === to.room || subjects[from.room].includes(to.room);
}

/** What crosses a border between subjects in one file, as `subject → subject` with the path. */
export function crossings(file, text) {
  const from = placeOf(file);
  if (!from || /\.test\.tsx?$/.test(file)) return [];
  return importsOf(file, text).flatMap((path) => {
    const to = placeOf(path);
    return to && !mayUse(from, to) ? [`${from.layer}/${from.room} → ${to.layer}/${to.room} (${path})`] : [];
  });
}

/** Runs acts by the clock: the only files of the runtime that know any. */
const RUNS_ACTS = new Set(['server/runtime/background.ts', 'server/runtime/worker.ts']);

/** Doors call acts, acts call queries; nothing points back. */
export function pointsBack(file, text) {
  const refused = file.startsWith('server/acts/')
    ? /^server\/routers\//
    : file.startsWith('server/runtime/') && !RUNS_ACTS.has(file)
      ? /^server\/(routers|acts)\//
      : null;
  if (!refused || /\.test\.tsx?$/.test(file)) return [];
  return importsOf(file, text).filter((path) => refused.test(path));
}
