'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { SelectField, TextField } from '#components/form/field';
import { MoreButton } from '#components/form/more-button';

/** `onChoose` hears whom the form is about, null = nobody yet; the same function at each drawing. */
type Choosing = { onChoose(patientId: string | null): void };

/** One of one's own patients, found by any part of the name, for a form's `patientId`. */
export function ChoosePatient({ onChoose }: Choosing) {
  const t = useTranslations('schedule.page');
  const trpc = useTRPC();
  const [search, setSearch] = useState('');
  const pages = useInfiniteQuery(
    trpc.patients.mine.infiniteQueryOptions(
      { search: search.trim() },
      { getNextPageParam: (last) => last.nextCursor, placeholderData: (before) => before },
    ),
  );
  const patients = pages.data?.pages.flatMap((page) => page.patients) ?? [];
  const [only, ...others] = patients;
  const isOnly = only !== undefined && others.length === 0;
  const onlyId = isOnly ? only.id : null;
  // The only one is chosen without a press.
  useEffect(() => onChoose(onlyId), [onChoose, onlyId]);
  const isLong = pages.hasNextPage || search !== '';
  return (
    <div className="grid gap-3">
      {isLong ? (
        <TextField
          label={t('findPatient')}
          type="search"
          value={search}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            // It looks for a name; the form around it is sent by its own button.
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      ) : null}
      <SelectField
        key={isOnly ? only.id : ''}
        label={t('patient')}
        name="patientId"
        required
        onChange={(event) => onChoose(event.target.value || null)}
      >
        {isOnly ? null : <option value="">{t('choose')}</option>}
        {patients.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <MoreButton pages={pages} label={t('moreNames')} />
      <p role="status" className="muted empty:hidden">
        {pages.data && patients.length === 0 ? t('nobody') : ''}
      </p>
    </div>
  );
}

/** The same where the patient is known. */
export function ThisPatient({ patientId, name, onChoose }: { patientId: string; name: string } & Choosing) {
  const t = useTranslations('schedule.page');
  useEffect(() => onChoose(patientId), [onChoose, patientId]);
  return (
    <SelectField label={t('patient')} name="patientId" required>
      <option value={patientId}>{name}</option>
    </SelectField>
  );
}
