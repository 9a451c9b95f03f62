// Rules about whole files, which no linter sees. scripts/lint.mjs runs them; lint/house.test.ts breaks each one.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { crossings, pointsBack } from './borders.mjs';
import { unboundedReads } from './bounded.mjs';

const FOLDERS = ['app', 'bench', 'client', 'components', 'db', 'domain', 'e2e', 'lint', 'pages', 'scripts', 'server'];
/** drizzle-kit reads it as a plain program. */
const NOT_ON_THE_SERVER = new Set(['db/drizzle.config.ts']);
/** The words of a time, and the name of the browser's zone. */
const WRITES_TIMES = new Set([
  'client/device/use-when.ts',
  'client/device/clock/when.ts',
  'client/device/reader-zone.ts',
  'client/device/clock/tell-zone.ts',
]);
/** The clock itself, and what lasts moments: strokes that fade, the line of a visit, by the server's clock (`server-clock.ts`). */
const MEASURES_TIME = [
  'client/api/device-clock.ts',
  'client/api/signed-out.ts',
  'client/annotation/',
  'client/visit/',
  'client/device/use-paint-clock.ts',
  'app/visit/',
];
const NAMES_THAT_SAY_NOTHING = /(^|\/)(utils?|helpers?|misc|common|manager|index)(\.\w+)+$/;

/** Every source file of the house, as a path with `/` from the root. */
export function listSources(root) {
  const folders = FOLDERS.map((folder) => join(root, folder)).filter((folder) => existsSync(folder));
  const entries = folders.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }));
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

const isServerSide = (file) => /^(server|db)\/.+\.ts$/.test(file) && !/\.test\.ts$/.test(file);
const isClientComponent = (text) => /^\s*['"]use client['"]/.test(text);

/** Next fills in `at` and `Object.hasOwn` for them, and none of these. */
const TOO_NEW =
  /\.(toSorted|toReversed|toSpliced|findLast|findLastIndex|withResolvers|fromAsync)\(|\b(Object|Map)\.groupBy\(|\bstructuredClone\(|\bAbortSignal\.(any|timeout)\(/;
/** What a patient's phone may load. The clinic's own screens are for newer devices. */
const isForOldPhones = (file) =>
  (/^(client|components|domain)\//.test(file) || /^app\/(?!\(clinic\)|_server|api)/.test(file)) &&
  !/(\.test|\/testing)\.tsx?$/.test(file);

const RULES = [
  {
    message: 'begins with import "server-only": a client component that reaches it must not build.',
    isBroken: (file, text) =>
      isServerSide(file) && !NOT_ON_THE_SERVER.has(file) && !text.startsWith("import 'server-only';\n"),
  },
  {
    message: 'is a client component: it asks procedures through client/api/trpc.ts and never imports server/.',
    isBroken: (_file, text) => isClientComponent(text) && /from ['"](#server\/|.*\/server\/)/.test(text),
  },
  {
    message: 'makes a server action: the doors are procedures, uploads, media, webhook, auth and health.',
    isBroken: (file, text) => !file.startsWith('lint/') && /^\s*['"]use server['"]/m.test(text),
  },
  {
    message:
      'imports LiveKit by another name than #client/visit/livekit: the bundle of decision 013 stands behind that.',
    isBroken: (file, text) =>
      /^(app|client|components)\//.test(file) &&
      file !== 'client/visit/livekit.ts' &&
      /from '(\.\/livekit|.*\/visit\/livekit|livekit-client)'/.test(text) &&
      !/from '#client\/visit\/livekit'/.test(text),
  },
  {
    message: 'names a document that is not in this repository: cite the publication.',
    isBroken: (file, text) =>
      !file.startsWith('lint/') && /\b(facts|found|shared)\/\w+\.md|\((design|look) §/.test(text),
  },
  {
    message: 'makes a tel: address: only telOf (domain/input/phone.ts) knows how people write numbers.',
    isBroken: (file, text) =>
      /^(app|client|components|domain|pages|server)\//.test(file) &&
      !/\.test\.tsx?$/.test(file) &&
      file !== 'domain/input/phone.ts' &&
      /['"`]tel:/.test(text),
  },
  {
    message:
      'calls what phones of before 2022 (iOS 15.3) do not have: copy and sort, loop backwards, make the promise.',
    isBroken: (file, text) => isForOldPhones(file) && TOO_NEW.test(text),
  },
  {
    message: 'writes a time by itself: useWhen (client/device/use-when.ts) is in the reader’s zone or names another.',
    isBroken: (file, text) =>
      /^(app|client|components|pages)\//.test(file) &&
      !/\.test\.tsx?$/.test(file) &&
      !WRITES_TIMES.has(file) &&
      /\.dateTime(Range)?\(|\bDateTimeFormat\(|\.toLocale(Date|Time)?String\(/.test(text),
  },
  {
    message:
      'says names without their direction: useTranslations comes from client/device/words/translations.ts, which isolates them.',
    isBroken: (file, text) =>
      /^(app|client|components|pages)\//.test(file) &&
      file !== 'client/device/words/translations.ts' &&
      /import \{[^}]*\buseTranslations\b[^}]*\} from 'next-intl'/.test(text),
  },
  {
    message: 'calls a person by a part of their name: the whole name, or initialsOf (domain/people/initials.ts).',
    isBroken: (file, text) =>
      /^(app|client|components|domain|pages|server)\//.test(file) &&
      !/\.test\.tsx?$/.test(file) &&
      /[nN]ame\)?\??\.split\([^)]*\)(\[0\]|\.at\(0\))/.test(text),
  },
  {
    message: 'asks this device what time it is: deviceNow (client/api/device-clock.ts) knows when its clock is wrong.',
    isBroken: (file, text) =>
      /^(app|client|components)\//.test(file) &&
      !/\.test\.tsx?$|\/(page|route)\.tsx?$|^app\/_server\//.test(file) &&
      !MEASURES_TIME.some((place) => file.startsWith(place)) &&
      /\bDate\.now\(\)|new Date\(\)/.test(text),
  },
  {
    message: 'has a name that says nothing: name the file after what is in it.',
    isBroken: (file) => NAMES_THAT_SAY_NOTHING.test(file),
  },
];

const FILES_PER_FOLDER_MAX = 25;

/** Folders in which nothing is found any more. Tests stand beside their file and are not counted. */
function fullFolders(files) {
  const sources = files.filter((file) => !/\.(test|spec)\.tsx?$/.test(file));
  const counts = new Map();
  for (const file of sources) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > FILES_PER_FOLDER_MAX)
    .map(([folder, count]) => `${folder}/ holds ${count} files at one level; ${FILES_PER_FOLDER_MAX} are the most.`);
}

/** One line per broken rule and file. */
export function houseProblems(root) {
  const files = listSources(root);
  const problems = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [
      ...RULES.filter((rule) => rule.isBroken(file, text)).map((rule) => `${file} ${rule.message}`),
      ...crossings(file, text).map(
        (crossing) => `${file} crosses a border of subjects: ${crossing}; lint/borders.mjs.`,
      ),
      ...unboundedReads(file, text).map(
        (line) =>
          `${file}:${line} reads many rows without a limit: give it a page (.limit), or say right above what bounds it (// Bounded: …).`,
      ),
      ...pointsBack(file, text).map(
        (path) => `${file} points back to ${path}: routers call acts, and acts call queries.`,
      ),
    ];
  });
  return [...problems, ...fullFolders(files)];
}

/** Every file that answers HTTP by itself, wherever it lies. The access test compares this with its list. */
export function httpDoors(root) {
  return listSources(root).filter((file) => /^app\/(.+\/)?route\.tsx?$/.test(file) || file.startsWith('pages/api/'));
}
