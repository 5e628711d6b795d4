/** Statements shown before and after every result. */
export const INTENDED_USE = {
  headline: 'Research use only. An adjunct for a trained clinician, for a lesion already judged suspicious.',
  not: 'Not for screening, not a diagnosis; a low score does not rule out cancer.',
  notValidatedOn: [
    'nails, mucosa, eyelids, genitals',
    'ulcerated or bleeding lesions',
    'lesions obscured by hair, ink, tattoo or scar',
    'lesions larger than the field of view',
    'dark skin (phototypes V–VI)',
    'squamous cell carcinoma and any other diagnosis that is none of the seven classes',
  ],
} as const;
