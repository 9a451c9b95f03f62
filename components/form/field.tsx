import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';
import { useTranslations } from '#client/device/words/translations';

type FieldProps = { label: string; hint?: string; problem?: string | null };

function Described({ id, label, hint, problem, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="small muted">
          {hint}
        </p>
      ) : null}
      {problem ? (
        <p id={`${id}-problem`} className="problem small" role="alert">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

function describedBy(id: string, { hint, problem }: FieldProps) {
  const ids = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return { id, 'aria-describedby': ids || undefined, 'aria-invalid': problem ? true : undefined };
}

export function TextField({ label, hint, problem, ...input }: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Described id={id} label={label} hint={hint} problem={problem}>
      <input className="input" {...input} {...describedBy(id, { label, hint, problem })} />
    </Described>
  );
}

/** No `type="email"`: browsers refuse an address with a mark that nobody sees, and the server reads it (`readEmail`). */
export function EmailField(props: FieldProps) {
  return (
    <TextField
      {...props}
      name="email"
      inputMode="email"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={1024}
      required
    />
  );
}

export function TextArea({ label, hint, problem, ...input }: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <Described id={id} label={label} hint={hint} problem={problem}>
      <textarea className="input" rows={3} {...input} {...describedBy(id, { label, hint, problem })} />
    </Described>
  );
}

export function SelectField({
  label,
  hint,
  problem,
  children,
  ...input
}: FieldProps & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <Described id={id} label={label} hint={hint} problem={problem}>
      <select className="input" {...input} {...describedBy(id, { label, hint, problem })}>
        {children}
      </select>
    </Described>
  );
}

type Choice<T extends string> = { value: T; label: string };

/** Few choices in one row: native radios, so that arrows, names and states come for free. */
export function Segments<T extends string>({
  legend,
  name,
  choices,
  value,
  hint = null,
  problem = null,
  onChange,
}: {
  legend: string;
  name: string;
  choices: readonly Choice<T>[];
  value: T | null;
  hint?: string | null;
  problem?: string | null;
  onChange: (value: T) => void;
}) {
  const problemId = useId();
  const hintId = useId();
  return (
    <fieldset
      className="field"
      data-gap={problem ? true : undefined}
      aria-describedby={problem ? problemId : hint ? hintId : undefined}
    >
      <legend className="label mb-1.5">{legend}</legend>
      <div className="seg">
        {choices.map((choice) => (
          <label key={choice.value} className="seg-choice">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={value === choice.value}
              onChange={() => onChange(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
      {hint ? (
        <p id={hintId} className="muted small mt-1">
          {hint}
        </p>
      ) : null}
      {problem ? (
        <p id={problemId} className="problem small" role="alert">
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}

/** Any of few, as tiles: native checkboxes. None chosen has a meaning of its own, which `none` says. */
export function ManySegments<T extends string>({
  legend,
  choices,
  values,
  none,
  onChange,
}: {
  legend: string;
  choices: readonly Choice<T>[];
  values: readonly T[];
  none: string;
  onChange: (values: T[]) => void;
}) {
  return (
    <fieldset className="field">
      <legend className="label mb-1.5">
        {legend} {values.length === 0 ? <span className="muted font-normal">{none}</span> : null}
      </legend>
      <div className="grid grid-cols-3 gap-2 sm:grid-cols-5">
        {choices.map(({ value, label }) => (
          <label
            key={value}
            className="seg-choice overflow-hidden rounded-m border-[1.5px] border-control-line bg-surface"
          >
            <input
              type="checkbox"
              checked={values.includes(value)}
              onChange={({ target: { checked } }) =>
                onChange(
                  choices.flatMap((one) =>
                    (one.value === value ? checked : values.includes(one.value)) ? [one.value] : [],
                  ),
                )
              }
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What went wrong, that nothing is lost, beside its cause. */
export function Problem({ reason }: { reason: string | null }) {
  const words = useReasonWords();
  if (!reason) return null;
  return (
    <p role="alert" className="problem">
      {words(reason)}
    </p>
  );
}

/** A key of `failure.*` in words; one that has none is a problem of the server. */
export function useReasonWords(): (reason: string) => string {
  const t = useTranslations('failure');
  return (reason) => {
    const key = reason as Parameters<typeof t.has>[0];
    return t(t.has(key) ? key : 'internal_server_error');
  };
}
