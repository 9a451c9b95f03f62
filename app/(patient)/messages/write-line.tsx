'use client';

import { Clock, Phone, Send, X } from 'lucide-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { writeMessage } from '#client/contact/unsent';
import { useChosen } from '#client/contact/use-chosen';
import { useDraft } from '#client/contact/use-draft';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { NotKept } from '#client/device/outbox';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { useDay } from '#client/practice/day-pack';
import { AboutCard } from '#components/contact/about-card';
import { AttachedNext, PhotoButton, useVoiceNote, VoiceButton } from '#components/contact/attach';
import { Problem } from '#components/form/field';
import { PhoneLink } from '#components/form/phone-link';
import { replyBy } from '#domain/clinic/hours';
import { MESSAGE_MAX, storableBody } from '#domain/contact/thread';
import type { MessageClinic, ThreadView } from '#domain/contact/thread-view';
import { isVisible } from '#domain/input/typed-text';
import { DEFAULT_ALARM_WORDS, findAlarms } from '#domain/practice/alarm-words';
import { AlarmNote } from './alarm-note';
import type { Beginning } from './beginning';
import { ExerciseChoice } from './exercise-choice';

/** Words to begin with; each asking is another object. */
export type Asked = { words: string };

type WriteLineProps = {
  /** Null where this phone never had a line to ask which hand problem is open. */
  episodeId: string | null;
  clinic: MessageClinic | null;
  thread: ThreadView | null;
  isRed: boolean;
  about: Beginning | null;
  onAbout?(about: Beginning | null): void;
  /** Something that was written waits for a line. */
  hasUnsent?: boolean;
  /** What was written on this side and is not answered: words that alarm stay until then. */
  unanswered?: readonly string[];
  userId: string;
  /** What is to be asked: it begins the line. */
  asked?: Asked | null;
  onSent?(): void;
};

/** From so few characters on it is said how many are left. */
const FEW_LEFT = 200;

/** By when there is an answer, whom to ring where that is too late, and the line to write. */
export function WriteLine(props: WriteLineProps) {
  const { episodeId, clinic, about, onAbout, unanswered = [], userId, asked = null, onSent } = props;
  const t = useTranslations('messages');
  const outbox = useHydratedOutbox();
  const draft = useDraft(`message ${episodeId ?? 'open'}`);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const choosing = useChosen();
  const voice = useVoiceNote({ choosing });
  const id = useId();
  const body = storableBody(draft.text);
  const left = MESSAGE_MAX - body.trim().length;
  const found = findAlarms([...unanswered, body].join('\n'), clinic?.words ?? DEFAULT_ALARM_WORDS);
  const begun = useRef<Asked | null>(null);
  useEffect(() => {
    if (asked === begun.current || !asked) return;
    begun.current = asked;
    // What was typed before stays.
    draft.change(isVisible(draft.text) ? `${draft.text}\n${asked.words}: ` : `${asked.words}: `);
    field.current?.focus();
  }, [asked, draft]);

  async function send(event: FormEvent) {
    event.preventDefault();
    field.current?.focus();
    if (!outbox || isSending) return;
    const { chosen } = choosing;
    if (!isVisible(body) && chosen.length === 0) return setProblem('message_empty');
    if (left < 0) return setProblem('message_long');
    setSending(true);
    try {
      const words = isVisible(body) ? body : '';
      const place = about && { kind: about.kind, id: about.id };
      await writeMessage(outbox, { userId, episodeId, body: words, about: place, chosen });
      await draft.drop();
      choosing.clear();
      setProblem(null);
      onSent?.();
    } catch (error) {
      // What was written stays in the line.
      setProblem(error instanceof NotKept && error.onPage ? 'page_only' : 'device_full');
    } finally {
      setSending(false);
    }
  }

  return (
    <form className="write" onSubmit={send} aria-label={t('label')}>
      <div role="status" className="empty:hidden">
        <AlarmNote found={found} clinic={clinic} userId={userId} />
      </div>
      {clinic ? <Promised {...props} clinic={clinic} /> : <WhomToRing userId={userId} />}
      {about ? (
        <div className="flex items-center gap-2">
          <div className="min-w-0 grow">
            {about.view ? <AboutCard about={about.view} id="next" /> : <p>{t(`about.begun.${about.kind}`)}</p>}
          </div>
          <button type="button" className="btn quiet icon" aria-label={t('about.drop')} onClick={() => onAbout?.(null)}>
            <X aria-hidden="true" />
          </button>
        </div>
      ) : onAbout ? (
        <ExerciseChoice onChoose={onAbout} />
      ) : null}
      <AttachedNext choosing={choosing} voice={voice} />
      <div className="flex items-end gap-2">
        <PhotoButton choosing={choosing} />
        <label htmlFor={id} className="vh">
          {t('label')}
        </label>
        <textarea
          id={id}
          ref={field}
          rows={1}
          className="input grows"
          dir="auto"
          placeholder={t('write')}
          value={draft.text}
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${id}-problem`}
          onChange={({ target }) => {
            draft.change(target.value);
            setProblem(null);
          }}
        />
        <VoiceButton voice={voice} />
        <button type="submit" className="btn primary icon" aria-label={t('send')} aria-busy={isSending}>
          <Send aria-hidden="true" className="rtl:-scale-x-100" />
        </button>
      </div>
      <div id={`${id}-problem`}>
        <Problem reason={problem} />
        {left < FEW_LEFT ? <p className="small muted">{t('left', { count: left })}</p> : null}
      </div>
    </form>
  );
}

/** On a phone that never read its messages: what its day knows of the clinic. */
function WhomToRing({ userId }: { userId: string }) {
  const { day } = useDay(userId);
  return day ? (
    <p className="promise">
      <Clock size={24} aria-hidden="true" />
      <span>
        <Emergency number={day.pack.clinic.emergencyNumber} />
      </span>
    </p>
  ) : null;
}

function Emergency({ number }: { number: string }) {
  const t = useTranslations('messages');
  return t.rich('emergency', {
    number,
    tel: (chunks) => (
      <PhoneLink phone={number} className="link">
        {chunks}
      </PhoneLink>
    ),
  });
}

/** The promise of what waits, else of what would be written now; over a red answer only whom to ring. */
function Promised({ clinic, thread, isRed, hasUnsent = false }: WriteLineProps & { clinic: MessageClinic }) {
  const t = useTranslations('messages');
  const when = useWhen(null);
  const nowMs = useMinute();
  const waiting = thread?.waiting ?? null;
  const emergency = <Emergency number={clinic.emergencyNumber} />;
  if (isRed || waiting?.isRed)
    return (
      <div className="grid gap-2">
        <p className="font-bold">{t('promise.red')}</p>
        <PhoneLink phone={clinic.phone} className="btn stop xl">
          <Phone aria-hidden="true" className="shrink-0" /> {t('ring', { name: clinic.name, phone: clinic.phone })}
        </PhoneLink>
        <p className="small">{emergency}</p>
      </div>
    );
  return (
    <p className="promise">
      <Clock size={24} aria-hidden="true" />
      <span>
        {promiseWords()} {emergency}
      </span>
    </p>
  );

  function promiseWords() {
    if (hasUnsent) return t('promise.unsent');
    if (!waiting) {
      const at = replyBy(clinic.rules, nowMs);
      return at === null ? t('promise.none') : t('promise.ifNow', { when: when(at) });
    }
    if (waiting.promisedAt === null) return t('promise.none');
    return t(waiting.promisedAt <= nowMs ? 'promise.late' : 'promise.by', { when: when(waiting.promisedAt) });
  }
}
