import { isDarkSkin, type Contraindication, type LesionDraft, type LesionView } from '../protocol/context.ts';
import type { PatientDetails } from '../protocol/patient-details.ts';
import type { PatientRecord } from '../store/port.ts';

/** Whose the next session is. */
export interface Subject {
  readonly patient: PatientRecord;
  readonly lesion?: LesionView | undefined;
  readonly draft?: LesionDraft | undefined;
}

/** With the details of a patient as they are now. */
export function withDetails(subject: Subject, details: PatientDetails): Subject {
  return { ...subject, patient: { ...withoutDetails(subject.patient), ...details } };
}

/** Without details. */
function withoutDetails({ id, reference, lesions, earlier }: PatientRecord): PatientRecord {
  return { id, reference, lesions, earlier };
}

/** With a lesion as it is now. */
export function withLesion({ patient, lesion, ...rest }: Subject, now: LesionView): Subject {
  const lesions = patient.lesions.map((one) => (one.id === now.id ? now : one));
  const selected = lesion?.id === now.id ? now : lesion;
  return {
    ...rest,
    patient: { ...patient, lesions },
    lesion: selected?.closed === undefined ? selected : undefined,
  };
}

export function isContraIndicated({ patient, lesion }: Subject): boolean {
  const ofLesion = lesion?.contraIndications ?? [];
  return ofLesion.length > 0 || isDarkSkin(patient.phototype);
}

/** With what the patient's phototype says. */
export function withPhototype(
  found: readonly Contraindication[],
  { phototype }: PatientDetails,
): readonly Contraindication[] {
  return [...new Set([...found, ...(isDarkSkin(phototype) ? (['dark-skin'] as const) : [])])];
}
