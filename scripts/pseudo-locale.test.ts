import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import en from '../messages/en.json';
import { pseudoCatalogue, pseudoMessage } from './pseudo-locale.mjs';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
const LITERAL = 0;
const POUND = 7;

/** Names of arguments and tags, and what hangs on them, in the order of the message. */
function namesIn(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === LITERAL || element.type === POUND) return [];
    const branches = 'options' in element ? Object.entries(element.options) : [];
    const inside = 'children' in element ? namesIn(element.children) : [];
    return [element.value, ...inside, ...branches.flatMap(([name, { value }]) => [name, ...namesIn(value)])];
  });
}
const argumentsOf = (message: string) => namesIn(new IntlMessageFormat(message, 'en').getAst());

describe('a message of the pseudo-locale', () => {
  it.each([
    ['Save', 'Šávé··'],
    ['Hello {name}', 'Héļļö {name}···'],
    ['{count, plural, one {# mark} other {# marks}}', '{count, plural, one {# mářk} other {# mářkš}}······'],
    ['Ring <tel>{phone}</tel>.', 'Říñğ <tel>{phone}</tel>.···'],
    ['{kind, select, pen {Pen} other {{name}, on it}}', '{kind, select, pen {Péñ} other {{name}, öñ ít}}····'],
  ])('%s', (message, pseudo) => {
    expect(pseudoMessage(message)).toBe(pseudo);
  });

  it('has its longer text in words that a line can hold', () => {
    expect(pseudoMessage('a'.repeat(60))).toBe(`${'á'.repeat(60)}${'·'.repeat(20)} ····`);
    expect(pseudoMessage('')).toBe('');
  });

  it('is still a message, for each one of the catalogue, with the same arguments', () => {
    const messages = (of: object): string[] =>
      Object.values(of).flatMap((value) => (typeof value === 'string' ? [value] : messages(value as object)));
    const [plain, pseudo] = [messages(en), messages(pseudoCatalogue(en))];
    expect(pseudo).toHaveLength(plain.length);
    for (const [index, message] of plain.entries())
      expect(argumentsOf(pseudo[index] ?? ''), message).toEqual(argumentsOf(message));
  });
});
