// No query may answer with more and more rows as a clinic grows: it has a limit, or says at the place what bounds it.

/** Stands in the comment directly above the statement. */
const REASON = /^\s*\/\/ (.*\s)?Bounded: \S/;
/** Writes, and what answers with one row by its nature. */
const NOT_A_LIST = /\.(insert|update|delete)\(/;

/** The text between a bracket that opens at `open` and the one that closes it. */
function inBrackets(text, open) {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return text.slice(open + 1, at);
  }
  return text.slice(open + 1);
}

/** How a name is made in the file: `const found = d.select()…;` or a function that builds the query. */
function definitionOf(text, name) {
  const match = new RegExp(`\\bconst ${name}\\b[^=]*=[^>]`).exec(text) ?? new RegExp(`\\bconst ${name} = `).exec(text);
  return match ? (text.slice(match.index).match(/^[\s\S]*?;\n/)?.[0] ?? '') : '';
}

const lineOf = (text, at) => text.slice(0, at).split('\n').length;

/** Is the reason among the comment lines right above this line? */
function hasReason(lines, line) {
  for (let above = line - 2; above >= 0 && /^\s*(\/\/|\*|\/\*)/.test(lines[above] ?? ''); above--)
    if (REASON.test(lines[above] ?? '')) return true;
  return false;
}

/** Lines of a file of `db/queries` at which many rows are read without a limit and without a reason. */
export function unboundedReads(file, text) {
  if (!/^db\/queries\/.+\.ts$/.test(file) || /\.test\.ts$/.test(file)) return [];
  const lines = text.split('\n');
  const found = [];
  for (const match of text.matchAll(/\bq\(/g)) {
    const open = match.index + 1;
    const asked = inBrackets(text, open).trim();
    const name = /^(\w+)(\(|$)/.exec(asked)?.[1];
    const query = name && name !== 'd' ? `${asked}${definitionOf(text, name)}` : asked;
    if (/\.limit\(/.test(query) || NOT_A_LIST.test(query)) continue;
    // The statement may begin some lines above its `q(`.
    const line = lineOf(text, match.index);
    const begins =
      [...lines.slice(0, line)].findLastIndex((one) =>
        /^\s*(return|const|let|yield|for|rows|if|\w+\.push)\b/.test(one),
      ) + 1;
    if (!hasReason(lines, line) && !hasReason(lines, begins)) found.push(line);
  }
  return found;
}
