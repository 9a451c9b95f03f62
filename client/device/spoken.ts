'use client';

import { useLocale } from 'next-intl';
import { useCallback, useEffect, useRef } from 'react';
import { beep } from './beep';

type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService'>;

/** A voice of this device and language; never one of a vendor's server: the text would leave the clinic. */
export function voiceFor<V extends Voice>(voices: readonly V[], locale: string): V | null {
  const language = locale.split('-')[0]?.toLowerCase();
  const own = voices.filter((voice) => voice.localService && voice.lang.split(/[-_]/)[0]?.toLowerCase() === language);
  return own.find((voice) => voice.lang.replace('_', '-').toLowerCase() === locale.toLowerCase()) ?? own[0] ?? null;
}

type Spoken = {
  /** Replaces what is being read; with no voice on the device a short tone says that something changed. */
  say(text: string, accent?: boolean): void;
  hush(): void;
};

/** For who looks at the hand and not at the phone. */
export function useSpoken(): Spoken {
  const locale = useLocale();
  const audio = useRef<AudioContext | null>(null);
  const hush = useCallback(() => globalThis.speechSynthesis?.cancel(), []);
  const say = useCallback(
    (text: string, accent = false) => {
      hush();
      const voice = voiceFor(globalThis.speechSynthesis?.getVoices() ?? [], locale);
      if (!voice) {
        audio.current ??= new AudioContext();
        void audio.current.resume();
        return beep(audio.current, audio.current.currentTime, accent);
      }
      const words = new SpeechSynthesisUtterance(text);
      words.voice = voice;
      words.lang = voice.lang;
      globalThis.speechSynthesis.speak(words);
    },
    [locale, hush],
  );
  useEffect(
    () => () => {
      hush();
      void audio.current?.close();
      audio.current = null;
    },
    [hush],
  );
  return { say, hush };
}
