import { describe, expect, it } from 'vitest';
import { keepLine, type Standing } from './keep-line';
import { MemoryRoom, type MemoryTransport } from './memory-transport';

/** Everything that the keeper asks and says, in order; `let` values decide what the next answer is. */
function kept(begun: 'line' | 'refused' | 'none' = 'line', access: 'line' | Error = 'line') {
  const room = new MemoryRoom();
  const said: string[] = [];
  const pauses: (() => void)[] = [];
  const state = { standing: 'admitted' as Standing | Promise<Standing> | Error, access };
  let line: MemoryTransport | null = null;
  const join = () => room.join('anna');
  const release = keepLine<MemoryTransport>({
    begun: begun === 'none' ? null : begun === 'line' ? Promise.resolve(join()) : Promise.reject(new Error('no room')),
    connect: async () => {
      said.push('access asked');
      if (state.access instanceof Error) throw state.access;
      return join();
    },
    standing: async () => {
      said.push('record asked');
      if (state.standing instanceof Error) throw state.standing;
      return state.standing;
    },
    pause: (attempt) => {
      said.push(`pause ${attempt}`);
      return new Promise((resolve) => {
        pauses.push(resolve);
      });
    },
    onLine: (next) => {
      line = next;
      said.push(next ? 'line' : 'no line');
    },
    onProblem: (error) => said.push(error === null ? 'fine' : `problem: ${(error as Error).message}`),
  });
  const settled = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    return said.splice(0);
  };
  return {
    state,
    release,
    settled,
    connectedIn: () => room.connectedBeside({} as MemoryTransport).length,
    goDown: async () => await line?.disconnect(),
    resume: () => pauses.shift()?.(),
  };
}

describe('a line that is kept', () => {
  it('is the one that joining began, without asking for access again', async () => {
    const { settled } = kept();
    expect(await settled()).toEqual(['line', 'fine']);
  });

  it('is connected with access of its own where joining brought none, or could not connect', async () => {
    expect(await kept('none').settled()).toEqual(['access asked', 'line', 'fine']);
    const refused = kept('refused');
    expect(await refused.settled()).toEqual(['problem: no room', 'pause 0']);
    refused.resume();
    expect(await refused.settled()).toEqual(['access asked', 'line', 'fine']);
  });

  it('tries again after ever later pauses, and from the first pause once there was a line', async () => {
    const { state, settled, resume, goDown } = kept('none', new Error('away'));
    expect(await settled()).toEqual(['access asked', 'problem: away', 'pause 0']);
    resume();
    expect(await settled()).toEqual(['access asked', 'problem: away', 'pause 1']);
    state.access = 'line';
    resume();
    expect(await settled()).toEqual(['access asked', 'line', 'fine']);
    await goDown();
    expect(await settled()).toEqual(['no line', 'pause 0']);
  });
});

describe('a line that was lost', () => {
  async function lostLine() {
    const line = kept();
    await line.settled();
    await line.goDown();
    expect(await line.settled()).toEqual(['no line', 'pause 0']);
    return line;
  }

  it('is connected again with new access, after the record has said that the person is admitted', async () => {
    const { settled, resume } = await lostLine();
    resume();
    expect(await settled()).toEqual(['record asked', 'access asked', 'line', 'fine']);
  });

  it('asks for no access while the person is not admitted, and for one once they are again', async () => {
    const { state, settled, resume } = await lostLine();
    state.standing = 'not_admitted';
    resume();
    expect(await settled()).toEqual(['record asked', 'pause 1']);
    resume();
    expect(await settled()).toEqual(['record asked', 'pause 2']);
    state.standing = 'admitted';
    resume();
    expect(await settled()).toEqual(['record asked', 'access asked', 'line', 'fine']);
  });

  it('is given up without another question when the visit is over', async () => {
    const { state, settled, resume } = await lostLine();
    state.standing = 'over';
    resume();
    expect(await settled()).toEqual(['record asked']);
  });

  it('names what keeps the record from answering, and asks again', async () => {
    const { state, settled, resume } = await lostLine();
    state.standing = new Error('unreachable');
    resume();
    expect(await settled()).toEqual(['record asked', 'problem: unreachable', 'pause 1']);
    state.standing = 'admitted';
    resume();
    expect(await settled()).toEqual(['record asked', 'access asked', 'line', 'fine']);
  });
});

describe('a line that is let go', () => {
  it('leaves the room, and nothing more is asked', async () => {
    const { release, settled, connectedIn } = kept();
    await settled();
    expect(connectedIn()).toBe(1);
    release();
    expect(await settled()).toEqual(['no line']);
    expect(connectedIn()).toBe(0);
  });

  it('leaves the room as soon as it was still connecting, and never shows', async () => {
    const { release, settled, connectedIn } = kept();
    release();
    expect(await settled()).toEqual(['no line']);
    expect(connectedIn()).toBe(0);
  });

  it('says no problem of a connection that fails afterwards', async () => {
    const { release, settled } = kept('refused');
    release();
    expect(await settled()).toEqual(['no line']);
  });

  it('does not ask for access when it was let go while the record was asked', async () => {
    const { state, release, settled, resume, goDown } = kept();
    await settled();
    await goDown();
    await settled();
    let answer = (_: Standing) => {};
    state.standing = new Promise((resolve) => {
      answer = resolve;
    });
    resume();
    expect(await settled()).toEqual(['record asked']);
    release();
    answer('admitted');
    expect(await settled()).toEqual(['no line']);
  });
});
