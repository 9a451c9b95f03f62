import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mendStores } from '../queue/testing';
import { deleteTextsOf, keepText, readText, textsByOwner } from './kept';
import { ELSEWHERE, SavedText, type Stored, type TextAnswer } from './text';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  mendStores();
});

/** A text on the server that several windows write, as the procedures compare it. */
class Server {
  stored: Stored<string> = { value: '', revision: 0 };
  isAway = false;
  /** Takes it, and its answer is lost. */
  losesAnswer = false;
  refuses: string | null = null;
  saves = 0;

  save = async (value: string, revision: number): Promise<TextAnswer> => {
    this.saves += 1;
    if (this.isAway) return { outcome: 'waits', reason: 'unreachable' };
    if (this.refuses) return { outcome: 'refused', reason: this.refuses };
    if (value !== this.stored.value) {
      if (revision !== this.stored.revision) return { outcome: 'refused', reason: ELSEWHERE };
      this.stored = { value, revision: revision + 1 };
    }
    if (this.losesAnswer) return { outcome: 'waits', reason: 'unreachable' };
    return { outcome: 'saved', revision: this.stored.revision };
  };
}

function windowOf(server: Server) {
  const kept: (Stored<string> | null)[] = [];
  const text: SavedText<string> = new SavedText<string>({
    stored: server.stored,
    save: server.save,
    keep: (one) => void kept.push(one),
    isSame: (a, b) => a === b,
    onElsewhere: () => void Promise.resolve().then(() => text.follow(server.stored)),
  });
  return { text, kept, unsaved: () => text.saver.state().unsaved?.value ?? null };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a text that is kept while it is written', () => {
  it('is saved a moment after the last letter, and called saved when the server said so', async () => {
    const server = new Server();
    const { text, unsaved } = windowOf(server);
    text.change('W');
    await pass(500);
    text.change('Wrist');
    await pass(500);
    expect([server.saves, unsaved()]).toEqual([0, 'Wrist']);
    await pass(400);
    expect(server.stored).toEqual({ value: 'Wrist', revision: 1 });
    expect(text.saver.state()).toMatchObject({ unsaved: null, hasSaved: true });
  });

  it('loses no last sentence to a server that is away, also after its page is gone', async () => {
    const server = new Server();
    const { text, kept, unsaved } = windowOf(server);
    text.change('The last sentence.');
    server.isAway = true;
    await text.saver.flush();
    expect([unsaved(), text.saver.state().problem]).toEqual(['The last sentence.', 'unreachable']);
    expect(kept.at(-1)).toEqual({ value: 'The last sentence.', revision: 0 });
    await pass(120_000);
    server.isAway = false;
    await pass(30_000);
    expect(server.stored.value).toBe('The last sentence.');
    expect([unsaved(), kept.at(-1)]).toEqual([null, null]);
  });

  it('is not in conflict with its own save whose answer was lost', async () => {
    const server = new Server();
    const { text, unsaved } = windowOf(server);
    server.losesAnswer = true;
    text.change('Once.');
    await pass(900);
    expect(unsaved()).toBe('Once.');
    server.losesAnswer = false;
    await pass(2000);
    expect([unsaved(), server.stored.revision]).toEqual([null, 1]);
    text.change('Once. Twice.');
    await pass(900);
    expect(server.stored).toEqual({ value: 'Once. Twice.', revision: 2 });
  });

  it('shows what another window wrote where nothing was written here', async () => {
    const server = new Server();
    const [one, two] = [windowOf(server), windowOf(server)];
    one.text.change('From the first.');
    await pass(900);
    two.text.follow(server.stored);
    expect(two.text.state()).toEqual({ value: 'From the first.', newer: null });
    two.text.change('From the first. And the second.');
    await pass(900);
    one.text.follow(server.stored);
    expect(one.text.state().value).toBe('From the first. And the second.');
  });

  it('asks where both wrote, sends nothing meanwhile, and never writes over unseen', async () => {
    const server = new Server();
    const [one, two] = [windowOf(server), windowOf(server)];
    one.text.change('Mine.');
    two.text.change('Theirs.');
    await two.text.saver.flush();
    await one.text.saver.flush();
    await pass(0);
    expect(server.stored.value).toBe('Theirs.');
    const asked = one.text.state();
    expect(asked).toEqual({ value: 'Mine.', newer: { value: 'Theirs.', revision: 1 } });
    // Read again it is no other question: a screen that follows it is not drawn for ever.
    one.text.follow({ ...server.stored });
    expect(one.text.state()).toBe(asked);
    const { saves } = server;
    await pass(300_000);
    expect(server.saves).toBe(saves);
    one.text.keepMine();
    await pass(0);
    expect(server.stored).toEqual({ value: 'Mine.', revision: 2 });
    expect(one.text.state()).toEqual({ value: 'Mine.', newer: null });
  });

  it('gives way to the other text by a press, and goes on from there', async () => {
    const server = new Server();
    const [one, two] = [windowOf(server), windowOf(server)];
    one.text.change('Mine.');
    two.text.change('Theirs.');
    await two.text.saver.flush();
    one.text.follow(server.stored);
    one.text.takeTheirs();
    expect([one.text.state(), one.unsaved()]).toEqual([{ value: 'Theirs.', newer: null }, null]);
    one.text.change('Theirs. And mine.');
    await pass(900);
    expect(server.stored.value).toBe('Theirs. And mine.');
  });

  it('takes no older answer for news', async () => {
    const server = new Server();
    const { text } = windowOf(server);
    text.change('Two.');
    await pass(900);
    text.follow({ value: 'One.', revision: 0 });
    expect(text.state().value).toBe('Two.');
  });

  it('keeps what the server refuses, and tries it no more until it is changed', async () => {
    const server = new Server();
    const { text, unsaved } = windowOf(server);
    server.refuses = 'not_allowed';
    text.change('A');
    await pass(300_000);
    expect([server.saves, unsaved(), text.saver.state().problem]).toEqual([1, 'A', 'not_allowed']);
    server.refuses = null;
    text.change('AB');
    await pass(900);
    expect(server.stored.value).toBe('AB');
  });

  it('goes on after a reload with what was not saved, and asks where the server has moved on', async () => {
    const server = new Server();
    server.stored = { value: 'Server.', revision: 3 };
    const same = windowOf(server);
    same.text.restore({ value: 'Typed before.', revision: 3 });
    await pass(900);
    expect(server.stored).toEqual({ value: 'Typed before.', revision: 4 });
    const late = windowOf(server);
    late.text.restore({ value: 'Typed long before.', revision: 2 });
    await pass(900);
    expect(server.stored.value).toBe('Typed before.');
    expect(late.text.state().newer).toEqual({ value: 'Typed before.', revision: 4 });
  });
});

describe('texts on this device', () => {
  it('are there until they are saved, of one person alone', async () => {
    vi.useRealTimers();
    const [mine, other] = [uuidv7(), uuidv7()];
    void keepText(mine, 'note', { value: 'a', revision: 0 });
    void keepText(mine, 'note', { value: 'ab', revision: 0 });
    void keepText(other, 'note', { value: 'x', revision: 0 });
    expect(await readText(mine, 'note')).toEqual({ value: 'ab', revision: 0 });
    void keepText(mine, 'note', null);
    expect(await readText(mine, 'note')).toBeNull();
    expect((await textsByOwner()).get(other)).toBe(1);
    await deleteTextsOf(other);
    expect((await textsByOwner()).get(other)).toBeUndefined();
  });
});
