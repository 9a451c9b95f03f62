import { createTranslator } from 'next-intl';
import { beforeEach, expect, it, vi } from 'vitest';

const messages = { a: { with: 'Visit with {name}, {count}', who: '<b>{name}</b> is waiting' } };
const translator = createTranslator({ locale: 'en', messages, namespace: 'a' });
vi.mock('next-intl', async (original) => ({ ...(await original<object>()), useTranslations: () => translator }));

let t: typeof translator;
beforeEach(async () => {
  t = (await import('./translations')).useTranslations('a' as never) as unknown as typeof translator;
});

it('isolates a name from right to left, and leaves others and numbers as they are', () => {
  expect(t('with', { name: 'דוד', count: 7 })).toBe('Visit with \u2068דוד\u2069, 7');
  expect(t('with', { name: 'Ana', count: 7 })).toBe('Visit with Ana, 7');
});

it('does so where parts of the sentence are elements', () => {
  expect(t.markup('who', { name: 'דוד', b: (chunks) => `[${chunks}]` })).toBe('[\u2068דוד\u2069] is waiting');
  expect(t.rich('who', { name: 'דוד', b: (chunks) => chunks })).toBe('\u2068דוד\u2069 is waiting');
  expect(t.has('with')).toBe(true);
});

it('is the same from one render to the next', async () => {
  const { useTranslations } = await import('./translations');
  expect(useTranslations('a' as never)).toBe(t);
});
