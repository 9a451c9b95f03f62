import 'server-only';

/** Proof that an actor may reach a patient; queries on patient data ask for it. */
export type PatientScope = { readonly clinicId: string; readonly patientId: string };
