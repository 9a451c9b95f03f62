'use client';

import type { ReactNode } from 'react';
import { problemOf } from '#client/api/trpc';
import { Problem } from '#components/form/field';

type Edit = { isPending: boolean; isSuccess: boolean; error: Parameters<typeof problemOf>[0] | null };
type Words = { title: string; lead?: string; save: string; saving: string; saved: string };

/** One card of settings with its button and what became of the last saving; `beforeSave` stands above the button. */
export function SettingsForm({
  id,
  words,
  edit,
  submit,
  beforeSave,
  children,
}: {
  id: string;
  words: Words;
  edit: Edit;
  submit: (form: FormData) => void;
  beforeSave?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="grid grid-cols-1 gap-4" aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {words.title}
      </h2>
      {words.lead && <p className="max-w-prose">{words.lead}</p>}
      <form
        className="card grid grid-cols-1 gap-4 p-4 md:grid-cols-3"
        aria-labelledby={id}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        {children}
        <div className="grid gap-3 md:col-span-3">
          {beforeSave}
          <Problem reason={edit.error ? problemOf(edit.error).reason : null} />
          <button
            type="submit"
            className="btn quiet min-h-12 w-fit max-w-full whitespace-normal"
            aria-busy={edit.isPending}
          >
            {edit.isPending ? words.saving : words.save}
          </button>
          <p role="status" className={edit.isSuccess ? 'text-good' : 'vh'}>
            {edit.isSuccess ? words.saved : ''}
          </p>
        </div>
      </form>
    </section>
  );
}
