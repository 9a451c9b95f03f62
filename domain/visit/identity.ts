/** `<visitParticipantId>:<tab nonce>`: the author is the part before the colon. */
export function liveKitIdentity(participantId: string, tabNonce: string): string {
  return `${participantId}:${tabNonce}`;
}

export function participantOfIdentity(identity: string): string {
  return identity.split(':', 1)[0] ?? identity;
}
