import { Observable } from '#client/api/observable';
import type { CameraChoice, Wanted } from '#client/device/media/chosen-devices';
import { type DeviceKind, deviceTrouble } from '#client/device/media/device-trouble';
import { decodeControl, encodeControl } from '#domain/visit/control';
import { DeviceFinder, type DeviceIds, deviceId } from './device-finder';
import { keepLine, type Standing } from './keep-line';
import { type DeviceFailure, LineDevices, type Target } from './line-devices';
import type { LineState, Phase, Wishes } from './line-state';
import type { Line, RoomAccess } from './transport';

type Presence = { locationText: string | null; presentOthers: string | null };

/** What the record says of this person: also `out` of it, or put out of it for good. */
export type Recorded = Standing | 'out' | 'removed';

type Entered = { participantId: string; isAdmitted: boolean; access: RoomAccess | null };

export type LineDependencies<L extends Line> = {
  /** Says to the server that the person comes in; `isBegun`: the line is being made already, with access from the door. */
  join(presence: Presence, isBegun: boolean): Promise<Entered>;
  /** Access that was made at the door, once; null where there is none. */
  fromDoor(): RoomAccess | null;
  /** New access to the room, for who is admitted. */
  token(): Promise<RoomAccess>;
  standing(): Promise<Standing>;
  /** Connects; publishes nothing by itself. */
  connect(access: RoomAccess): Promise<L>;
  /** Where the devices are that were chosen by name. It may ask the person, and so take any time. */
  find(wanted: Wanted): Promise<DeviceIds>;
  /** Where wishes and "this window is in" outlive a reload. */
  kept: { write(kept: { isIn: boolean; wishes: Wishes }): void };
  pause(attempt: number): Promise<void>;
};

/** How often, and how many times, a window says that it goes on here. */
const CLAIM_AGAIN_MS = 700;
const CLAIMS_MAX = 20;

const QUIET = { camera: null, microphone: null } as const;

/**
 * The line of a visit, as a state machine outside of any screen. Opening joins once; a lost line is connected anew with new
 * access; and whatever comes, microphone and camera are never more open than the person left them.
 */
export class VisitLine<L extends Line = Line> {
  readonly #deps: LineDependencies<L>;
  readonly #state: Observable<LineState<L>>;
  #recorded: Recorded = 'out';
  #release: (() => void) | null = null;
  #asking: Promise<void> | null = null;
  /** Counts the asking: an answer that comes after one left is not taken. */
  #attempt = 0;
  /** Made with access from the door, while the joining is asked. */
  #begun: Promise<L> | null = null;
  #unlisten: () => void = () => undefined;
  #devices: LineDevices | null = null;
  readonly #finder: DeviceFinder;

  constructor(deps: LineDependencies<L>, wishes: Wishes) {
    this.#deps = deps;
    this.#finder = new DeviceFinder({
      find: (wanted) => deps.find(wanted),
      found: (kind, id) => this.#found(kind, id),
    });
    this.#state = new Observable<LineState<L>>({
      phase: 'out',
      line: null,
      participantId: null,
      problem: null,
      wishes,
      troubles: QUIET,
      isDoubled: false,
      hasLeft: false,
    });
  }

  snapshot = (): LineState<L> => this.#state.snapshot();
  subscribe = (listener: () => void): (() => void) => this.#state.subscribe(listener);

  /** Comes in. Asked again while it is asked, or when it is in, nothing is asked twice. Rejects where the server refuses. */
  ask(presence: Presence): Promise<void> {
    const { phase } = this.snapshot();
    if (this.#asking) return this.#asking;
    if (phase !== 'out' && phase !== 'elsewhere') return Promise.resolve();
    const takesOver = phase === 'elsewhere';
    this.#set({ phase: 'asking', problem: null, hasLeft: false });
    const asking = this.#enter(presence, takesOver).finally(() => {
      if (this.#asking === asking) this.#asking = null;
    });
    this.#asking = asking;
    this.#finder.look(this.snapshot().wishes);
    return asking;
  }

  /** What the record says now; said at every change, also before coming in and after the end. */
  stand(recorded: Recorded): void {
    this.#recorded = recorded;
    if (!this.#asking) this.#step(null, false);
  }

  setMicrophone(on: boolean): void {
    this.#wish('microphone', { microphone: on });
  }

  setCamera(on: boolean): void {
    this.#wish('camera', { camera: on });
  }

  /** The other one of a phone's two cameras. */
  flipCamera(): void {
    const { wishes } = this.snapshot();
    this.#wish('camera', { facing: wishes.facing === 'user' ? 'environment' : 'user', cameraId: null });
  }

  chooseCamera(cameraId: string): void {
    this.#wish('camera', { cameraId });
  }

  chooseMicrophone(microphoneId: string): void {
    this.#wish('microphone', { microphoneId });
  }

  /** As the door leaves it. */
  wishAll(wishes: Wishes): void {
    this.#set({ wishes });
    this.#keep();
    this.#applyAll();
  }

  /** Goes on in this window: the other ones of this person fall silent. */
  goOnHere(): void {
    const { line } = this.snapshot();
    if (!line) return;
    this.#claim(line, 0);
    this.#set({ isDoubled: false });
    this.#applyAll();
  }

  /** Said until the other window is gone: one that is just connecting may not know yet who speaks. */
  #claim(line: L, attempt: number): void {
    const { participantId, line: now } = this.snapshot();
    const isAlone = participantId === null || !line.snapshot().peers.includes(participantId);
    if (now !== line || attempt >= CLAIMS_MAX || (attempt > 0 && isAlone)) return;
    line.sendControl(encodeControl({ v: 1, kind: 'take_over' })).catch(() => undefined);
    setTimeout(() => this.#claim(line, attempt + 1), CLAIM_AGAIN_MS);
  }

  /** Leaves it to the other window: this one is silent. */
  leaveToOther(): void {
    this.#close('elsewhere');
  }

  /** Leaves in this window; the record is told by who calls it. */
  leave(): void {
    this.#attempt += 1;
    this.#asking = null;
    this.#recorded = 'out';
    this.#close('out');
    this.#set({ hasLeft: true });
  }

  /** The page goes: the line ends, and a reload comes back in. */
  dispose(): void {
    this.#letGo();
    this.#unlisten();
    this.#release?.();
    this.#release = null;
  }

  async #enter(presence: Presence, takesOver: boolean): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    // Connects and records at once. Nothing is sent on a line that the record has not taken in.
    const access = this.#deps.fromDoor();
    const begun = access && this.#deps.connect(access);
    begun?.catch(() => undefined);
    this.#begun = begun;
    try {
      const entered = await this.#deps.join(presence, begun !== null);
      // Left while it was asked.
      if (attempt !== this.#attempt) return;
      // An end that the record told of meanwhile stays the end.
      if (this.#recorded !== 'over' && this.#recorded !== 'removed')
        this.#recorded = entered.isAdmitted ? 'admitted' : 'not_admitted';
      this.#set({ participantId: entered.participantId });
      this.#keep(true);
      this.#step(entered.access, takesOver);
    } catch (error) {
      if (attempt === this.#attempt) this.#set({ phase: takesOver ? 'elsewhere' : 'out', problem: error });
      throw error;
    } finally {
      if (attempt === this.#attempt) this.#letGo();
    }
  }

  /** Nobody needs the line that was begun at the door. */
  #letGo(): void {
    this.#begun?.then((line) => line.disconnect()).catch(() => undefined);
    this.#begun = null;
  }

  /** Goes where the record says. */
  #step(access: RoomAccess | null, takesOver: boolean): void {
    const { phase, participantId } = this.snapshot();
    const recorded = this.#recorded;
    if (recorded === 'over' || recorded === 'removed') {
      this.#close('ended');
      return;
    }
    if (phase === 'elsewhere') return;
    // This window has not come in, or the person left in another one. An end that is taken back finds who was in.
    if (recorded === 'out' || phase === 'out' || participantId === null) this.#close('out');
    else if (recorded === 'not_admitted') this.#close('waiting');
    else if (!this.#release) {
      this.#set({ phase: 'connecting' });
      this.#connect(access, takesOver);
    }
  }

  #connect(access: RoomAccess | null, takesOver: boolean): void {
    const begun = this.#begun ?? (access && this.#deps.connect(access));
    this.#begun = null;
    // A failure is handled where the line is awaited.
    begun?.catch(() => undefined);
    this.#release = keepLine<L>({
      begun,
      connect: async () => this.#deps.connect(await this.#deps.token()),
      standing: () => this.#deps.standing(),
      pause: (attempt) => this.#deps.pause(attempt),
      onLine: (line) => (line ? this.#live(line, takesOver) : this.#lost()),
      onProblem: (problem) => this.#set({ problem }),
    });
  }

  #live(line: L, takesOver: boolean): void {
    const { participantId } = this.snapshot();
    const unlisten = [
      line.onMessage(({ channel, participantId: from, bytes }) => {
        if (channel !== 'control' || from !== this.snapshot().participantId) return;
        if (decodeControl(bytes)?.kind === 'take_over') this.#close('elsewhere');
      }),
      line.onDeviceEnded((kind) => this.#ended(line, kind)),
      line.subscribe(() => this.#watch(line)),
    ];
    this.#unlisten = () => {
      for (const end of unlisten) end();
    };
    this.#devices = new LineDevices(line, {
      target: (kind) => this.#target(kind),
      failed: (kind, failure) => this.#failed(kind, failure),
    });
    const isDoubled = !takesOver && participantId !== null && line.snapshot().peers.includes(participantId);
    this.#set({ phase: 'live', line, isDoubled });
    if (takesOver) this.goOnHere();
    else this.#applyAll();
  }

  #watch(line: L): void {
    const { isReplaced, peers } = line.snapshot();
    const { participantId, isDoubled } = this.snapshot();
    if (isReplaced) this.#close('elsewhere');
    else if (isDoubled && participantId !== null && !peers.includes(participantId)) {
      // The other window is gone: there is nothing left to ask.
      this.#set({ isDoubled: false });
      this.#applyAll();
    }
  }

  #lost(): void {
    this.#unlisten();
    this.#devices?.close();
    this.#devices = null;
    if (this.snapshot().line) this.#set({ phase: 'lost', line: null, isDoubled: false });
  }

  #close(phase: Phase): void {
    const release = this.#release;
    this.#release = null;
    release?.();
    this.#letGo();
    this.#unlisten();
    this.#devices?.close();
    this.#devices = null;
    const before = this.snapshot();
    if (before.phase === phase && before.line === null) return;
    this.#set({ phase, line: null, problem: null, isDoubled: false });
    // Who waits, and who was in when it ended, comes back in with a reload.
    if (phase === 'out' || phase === 'elsewhere') this.#keep(false);
  }

  #wish(kind: DeviceKind, change: Partial<Wishes>): void {
    const { wishes, troubles, phase } = this.snapshot();
    this.#set({ wishes: { ...wishes, ...change }, troubles: { ...troubles, [kind]: null } });
    if ('cameraId' in change || 'microphoneId' in change) this.#finder.chose(kind);
    // At the door nothing opens yet: the door itself finds what it shows.
    if (phase !== 'out') this.#finder.look(this.snapshot().wishes);
    this.#keep();
    this.#devices?.apply(kind);
  }

  #applyAll(): void {
    this.#devices?.apply('microphone');
    this.#devices?.apply('camera');
  }

  #target(kind: DeviceKind): Target {
    const { wishes, isDoubled } = this.snapshot();
    const camera = { deviceId: wishes.cameraId, facing: wishes.facing };
    const device = kind === 'camera' ? camera : { deviceId: wishes.microphoneId, facing: 'user' as const };
    return { on: wishes[kind] && !isDoubled && !this.#finder.isAwaited(kind), device };
  }

  #found(kind: DeviceKind, id: string | null): void {
    this.#set({ wishes: { ...this.snapshot().wishes, ...deviceId(kind, id) } });
    this.#keep();
    this.#devices?.apply(kind);
  }

  /** Said, and back to the device that was open; where none was, it stays off until the person tries again. */
  #failed(kind: DeviceKind, { error, back }: DeviceFailure): void {
    const { wishes, troubles } = this.snapshot();
    const change = back === null ? { [kind]: false } : asWished(kind, back);
    this.#set({ troubles: { ...troubles, [kind]: deviceTrouble(error) }, wishes: { ...wishes, ...change } });
    this.#keep();
  }

  /** Unplugged, or taken away by the system while it was in use. */
  #ended(line: L, kind: DeviceKind): void {
    if (this.snapshot().line !== line) return;
    const { wishes, troubles } = this.snapshot();
    if (!wishes[kind]) return;
    this.#set({ wishes: { ...wishes, [kind]: false }, troubles: { ...troubles, [kind]: 'ended' } });
    this.#keep();
    this.#devices?.apply(kind);
  }

  #keep(isIn?: boolean): void {
    const { phase, wishes } = this.snapshot();
    const stands = phase !== 'out' && phase !== 'elsewhere';
    this.#deps.kept.write({ isIn: isIn ?? stands, wishes });
  }

  #set(change: Partial<LineState<L>>): void {
    this.#state.set({ ...this.snapshot(), ...change });
  }
}

function asWished(kind: DeviceKind, { deviceId, facing }: CameraChoice): Partial<Wishes> {
  return kind === 'camera' ? { cameraId: deviceId, facing } : { microphoneId: deviceId };
}
