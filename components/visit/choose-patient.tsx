'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { SelectField, TextField } from '#components/form/field';
import { MoreButton } from '#components/form/more-button';

/** One of one's own patients, found by any part of the name, for a form's `patientId`. */
export function ChoosePatient() {
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
      <SelectField key={isOnly ? only.id : ''} label={t('patient')} name="patientId" required>
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
export function ThisPatient({ patientId, name }: { patientId: string; name: string }) {
  const t = useTranslations('schedule.page');
  return (
    <SelectField label={t('patient')} name="patientId" required>
      <option value={patientId}>{name}</option>
    </SelectField>
  );
}
