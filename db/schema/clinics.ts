import 'server-only';
import type { ClinicSettings } from '#domain/clinic/settings';
import { bool, epochMs, id, json, table, text } from '../columns';

export const clinics = table('clinics', {
  id: id(),
  name: text('name').notNull(),
  timeZone: text('time_zone').notNull(),
  locale: text('locale').notNull(),
  phone: text('phone').notNull(),
  emergencyNumber: text('emergency_number').notNull(),
  settings: json<ClinicSettings>('settings').notNull(),
  demo: bool('demo').notNull(),
  createdAt: epochMs('created_at').notNull(),
});
