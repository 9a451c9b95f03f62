'use client';

import { ImagePlus, Mic, Square, X } from 'lucide-react';
import { useId } from 'react';
import { chooseVoice } from '#client/contact/attachments';
import type { useChosen } from '#client/contact/use-chosen';
import { useVoice } from '#client/contact/use-voice';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import { VOICE_SECONDS_MAX } from '#domain/contact/thread';

type Choosing = { choosing: ReturnType<typeof useChosen> };

/** A photo or a film of this device. */
export function PhotoButton({ choosing }: Choosing) {
  const t = useTranslations('messages.attach');
  const id = useId();
  return (
    <label htmlFor={id} className="btn quiet icon attach">
      <ImagePlus aria-hidden="true" />
      <span className="vh">{t('photo')}</span>
      <input
        id={id}
        type="file"
        multiple
        className="vh"
        accept="image/*,video/*,.heic,.heif"
        onChange={({ target }) => {
          choosing.addFiles([...(target.files ?? [])]);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
    </label>
  );
}

export type VoiceNote = ReturnType<typeof useVoice>;
export const useVoiceNote = ({ choosing }: Choosing): VoiceNote =>
  useVoice((blob) => choosing.addVoice(chooseVoice(blob)));

export function VoiceButton({ voice }: { voice: VoiceNote }) {
  const t = useTranslations('messages.attach');
  return (
    <button
      type="button"
      className="btn quiet icon"
      aria-label={t('voice')}
      aria-busy={voice.state === 'asking'}
      onClick={voice.start}
    >
      <Mic aria-hidden="true" />
    </button>
  );
}

const clockOf = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** While a voice note is recorded: how long it is, and the one large button that ends it. */
function Recording({ voice }: { voice: VoiceNote }) {
  const t = useTranslations('messages.attach');
  if (voice.state !== 'on') return null;
  return (
    <div className="card grid gap-3 p-4">
      <p role="timer" className="font-semibold">
        {t('recording', { now: clockOf(voice.seconds), most: clockOf(VOICE_SECONDS_MAX) })}
      </p>
      <button type="button" className="btn stop xl min-h-24" onClick={voice.stop}>
        <Square aria-hidden="true" /> {t('stop')}
      </button>
    </div>
  );
}

/** What will be sent with the words, each to be taken out again; what stood in the way of a file or the microphone. */
export function AttachedNext({ choosing, voice }: Choosing & { voice: VoiceNote }) {
  const t = useTranslations('messages.attach');
  const d = useTranslations('messages.attach.trouble');
  return (
    <div className="grid gap-3 empty:hidden">
      <Recording voice={voice} />
      {choosing.chosen.length > 0 ? (
        <ul className="grid gap-2" aria-label={t('next')}>
          {choosing.chosen.map(({ mediaId, kind, name }, n) => (
            <li key={mediaId} className="about flex items-center gap-3">
              <span className="min-w-0 grow wrap-anywhere">
                <strong>{t(`kind.${kind}`)}</strong> <bdi className="muted">{name}</bdi>
              </span>
              <button
                type="button"
                className="btn quiet icon"
                aria-label={t('remove', { kind, number: n + 1 })}
                onClick={() => choosing.remove(mediaId)}
              >
                <X aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <Problem reason={choosing.problem} />
      {voice.trouble ? (
        <p role="alert" className="problem">
          {voice.trouble === 'denied' ? d('denied') : d('other')}
        </p>
      ) : null}
    </div>
  );
}
