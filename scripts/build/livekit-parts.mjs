// What of livekit-client a visit never uses, and what stands in its place in the bundle (decision 013).

/** A manager that the room makes in any case, and that never has anything to do. */
function idle(methods, more = '') {
  return `export default class { on() { return this; } ${methods.map((name) => `${name}() {}`).join(' ')} ${more} }`;
}

/**
 * By the file below `node_modules`: end-to-end encryption, data tracks, remote calls, metadata of frames, and messages as JSON
 * (they travel as bytes). Only what the library itself calls is there.
 * @type {Record<string, string>}
 */
export const LEFT_OUT = {
  '@bufbuild/protobuf/dist/esm/private/json-format.js': 'export function makeJsonFormat() { return {}; }',
  'livekit-client/src/e2ee/E2eeManager.ts': 'export class E2EEManager {}',
  'livekit-client/src/frameMetadata/FrameMetadataManager.ts': `
    export class FrameMetadataManager { setup() {} }
    export { FrameMetadataManager as PacketTrailerManager };`,
  'livekit-client/src/room/data-track/LocalDataTrack.ts': 'export default class {}',
  'livekit-client/src/room/data-track/RemoteDataTrack.ts':
    'export default class { constructor(info) { this.info = info; } }',
  'livekit-client/src/room/data-track/incoming/IncomingDataTrackManager.ts': idle([
    'updateE2eeManager',
    'receivedSfuSubscriberHandles',
    'packetReceived',
    'receiveSfuPublicationUpdates',
    'resendSubscriptionUpdates',

    'reset',
    'handleRemoteParticipantDisconnected',
  ]),
  'livekit-client/src/room/data-track/outgoing/OutgoingDataTrackManager.ts': idle(
    [
      'updateE2eeManager',
      'handlePacketSendComplete',
      'receivedSfuPublishResponse',
      'receivedSfuUnpublishResponse',
      'sfuWillRepublishTracks',
      'reset',
    ],
    'queryPublished() { return []; }',
  ),
  'livekit-client/src/room/data-track/outgoing/errors.ts': 'export class DataTrackPublishError {}',
  'livekit-client/src/room/rpc/client/RpcClientManager.ts': idle([
    'handleParticipantDisconnected',
    'handleIncomingRpcResponseSuccess',
    'handleIncomingRpcResponseFailure',
    'handleIncomingRpcAck',
    'handleIncomingDataStream',
    'performRpc',
  ]),
  'livekit-client/src/room/rpc/server/RpcServerManager.ts': idle([
    'registerRpcMethod',
    'unregisterRpcMethod',
    'handleIncomingRpcRequest',
    'handleIncomingDataStream',
  ]),
};

const LEVELS = new Set(['trace', 'debug', 'info', 'warn', 'error']);
/** With one of these in its arguments a statement does more than log. */
const ACTS = new Set(['AwaitExpression', 'YieldExpression', 'AssignmentExpression', 'UpdateExpression']);

/** All that is part of a piece of a syntax tree, itself included. `enters` = whether its parts are looked at too. */
function* walk(node, enters = () => true) {
  if (Array.isArray(node)) for (const one of node) yield* walk(one, enters);
  else if (node && typeof node === 'object') {
    if (typeof node.type === 'string') yield node;
    if (enters(node)) for (const part of Object.values(node)) yield* walk(part, enters);
  }
}

/** `log.debug(…)`, `this.log.debug(…)`: what the library says to the console, which a visit keeps silent. */
function isLogging({ type, expression }) {
  if (type !== 'ExpressionStatement') return false;
  const call = expression.type === 'ChainExpression' ? expression.expression : expression;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  const { object, property } = call.callee;
  const logger = object.type === 'MemberExpression' ? object.property : object;
  if (logger.name !== 'log' || !LEVELS.has(property.name)) return false;
  return ![...walk(call.arguments)].some((part) => ACTS.has(part.type));
}

/** Below `node_modules`, with `/` on every system. */
function partOf(id) {
  return id.replaceAll('\\', '/').split('/node_modules/').at(-1);
}

/** @returns {import('vite').Plugin} Leaves out of the bundle what a visit never uses. Fails where a part is not there. */
export function withoutUnused() {
  const left = new Set(Object.keys(LEFT_OUT));
  return {
    name: 'regrasp-livekit-parts',
    enforce: 'pre',
    load(id) {
      const part = partOf(id);
      if (!(part in LEFT_OUT)) return null;
      left.delete(part);
      return LEFT_OUT[part];
    },
    transform: {
      order: 'post',
      handler(code, id) {
        if (!partOf(id).startsWith('livekit-client/src/')) return null;
        const statements = [...walk(this.parse(code), (node) => !isLogging(node))].filter(isLogging);
        let shorter = code;
        for (const { start, end } of statements.reverse()) shorter = `${shorter.slice(0, start)};${shorter.slice(end)}`;
        return { code: shorter, map: null };
      },
    },
    buildEnd(problem) {
      if (!problem && left.size > 0) throw new Error(`livekit-client has no ${[...left].join(', ')} any more`);
    },
  };
}
