// Libraries that Turbopack does not take apart, bundled before a build with the names that the browser uses (decision 013).
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutUnused } from './livekit-parts.mjs';

const FOLDER = 'node_modules/.cache/regrasp';
const SELF = ['scripts/build/libraries.mjs', 'scripts/build/livekit-parts.mjs'];

/** Made once for each content of what it is made of. `entry` is a file or a text; returns the path of the bundle. */
async function bundle(name, { files, entry, options }) {
  const hash = createHash('sha256');
  for (const file of [...SELF, ...files]) hash.update(readFileSync(file));
  hash.update(entry.text ?? '');
  const path = `${FOLDER}/${name}-${hash.digest('hex').slice(0, 16)}.mjs`;
  if (existsSync(path)) return path;
  const { build } = await import('vite');
  const outDir = `${FOLDER}/${process.pid}-${name}`;
  const { resolve, plugins } = options;
  let source = entry.file;
  if (entry.text) {
    source = `${FOLDER}/${process.pid}-${name}-entry.mjs`;
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(source, entry.text);
  }
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve,
    plugins,
    build: {
      target: 'es2022',
      outDir,
      lib: { entry: source, formats: ['es'], fileName: name },
      // Neither library has getters that do something.
      rolldownOptions: { treeshake: { propertyReadSideEffects: false }, output: { minify: true } },
    },
  });
  // Build workers read this configuration too: the file appears whole or not at all.
  renameSync(`${outDir}/${name}.js`, path);
  rmSync(outDir, { recursive: true });
  if (entry.text) rmSync(source);
  return path;
}

/** The names of `client/visit/livekit.ts`, from the library's own sources, without what a visit never uses. */
export async function bundleLivekit() {
  const library = 'node_modules/livekit-client';
  const file = 'client/visit/livekit.ts';
  const sources = join(process.cwd(), library, 'src');
  return await bundle('livekit', {
    files: [`${library}/package.json`, file],
    entry: { file },
    options: {
      resolve: { alias: [{ find: /^livekit-client$/, replacement: `${sources}/index.ts` }] },
      plugins: [withoutUnused()],
    },
  });
}

const SCHEMA_FOLDERS = ['app', 'client', 'components', 'domain'];

/** Every `z.name` in the folders that a page is made of. */
function namesOfZod() {
  const names = new Set();
  for (const folder of SCHEMA_FOLDERS)
    for (const file of readdirSync(folder, { recursive: true })) {
      if (!/\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file)) continue;
      for (const [, name] of readFileSync(join(folder, file), 'utf8').matchAll(/\bz\.(\w+)/g)) names.add(name);
    }
  return names;
}

/** What the pages use of zod/mini; types, which have no value, are none of it. */
export async function bundleZod() {
  const zod = await import('zod/mini');
  const names = [...namesOfZod()].filter((name) => name in zod).sort();
  return await bundle('zod', {
    files: ['node_modules/zod/package.json'],
    entry: { text: `export { ${names.join(', ')} } from 'zod/mini';\n` },
    options: {},
  });
}
