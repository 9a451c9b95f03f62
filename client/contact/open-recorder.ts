/** Ends what a microphone is open for. */
export function release(recorder: Pick<MediaRecorder, 'stream'> | null): void {
  for (const track of recorder?.stream.getTracks() ?? []) track.stop();
}

/** A recorder of the microphone. Rejects with the browser's own error; a microphone that nothing can record is closed. */
export async function openRecorder(): Promise<MediaRecorder> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  try {
    return new MediaRecorder(stream);
  } catch (error) {
    release({ stream });
    throw error;
  }
}
