/** The skin phototypes of Fitzpatrick, I to VI. */
export const PHOTOTYPES = [1, 2, 3, 4, 5, 6] as const;

export type Phototype = (typeof PHOTOTYPES)[number];

export const BIRTH_YEAR_LEAST = 1900;

/** What is known of a patient besides the reference; absent: unknown. */
export interface PatientDetails {
  readonly phototype?: Phototype;
  readonly birthYear?: number;
}

/** `PATCH /api/patients/:id`: at least one of these; `null`: unknown. */
export type PatientChange = { readonly [Name in keyof PatientDetails]: PatientDetails[Name] | null };
