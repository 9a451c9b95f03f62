/** One short tone at `at` (seconds of the audio clock); an accent is higher. */
export function beep(audio: AudioContext, at: number, accent: boolean): void {
  const tone = audio.createOscillator();
  const gain = audio.createGain();
  tone.frequency.value = accent ? 880 : 587;
  gain.gain.setValueAtTime(0.0001, at);
  gain.gain.exponentialRampToValueAtTime(0.25, at + 0.01);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.09);
  tone.connect(gain).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.1);
}
