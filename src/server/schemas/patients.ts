import { Type, type TSchema } from '@sinclair/typebox';
import type { PatientChange } from '../../protocol/patient-details.ts';
import { LESION_MARKS, type PatientPage, type PatientView } from '../../protocol/patients.ts';
import { Count, Id, Instant, Text } from './fields.ts';
import { exact, oneOf, schemaFor } from './schema-for.ts';
import { OutcomeSchema } from './sessions.ts';
import { LesionViewSchema, BirthYear, PhototypeSchema, StatementSchema } from './view.ts';

const orUnknown = <S extends TSchema>(schema: S) =>
  Type.Optional(Type.Union([schema, Type.Null()], { description: 'null: unknown' }));

export const PatientChangeSchema = schemaFor<PatientChange>()(
  'PatientChange',
  Type.Object(
    { phototype: orUnknown(PhototypeSchema), birthYear: orUnknown(BirthYear) },
    { ...exact, minProperties: 1 },
  ),
);

export const PatientPageSchema = schemaFor<PatientPage>()(
  'PatientPage',
  Type.Object(
    {
      patients: Type.Array(
        Type.Object(
          {
            ...{ id: Id, reference: Text, lesions: Count, sessions: Count },
            lastAt: Type.Optional(Instant),
            formerly: Type.Optional(Text),
          },
          exact,
        ),
      ),
      next: Type.Optional(Count),
    },
    exact,
  ),
);

export const PatientViewSchema = schemaFor<PatientView>()(
  'Patient',
  Type.Object(
    {
      id: Id,
      reference: Text,
      phototype: Type.Optional(PhototypeSchema),
      birthYear: Type.Optional(BirthYear),
      lesions: Type.Array(
        Type.Object(
          {
            lesion: LesionViewSchema,
            captures: Count,
            last: Type.Optional(Type.Object({ openedAt: Instant, mark: oneOf(LESION_MARKS) }, exact)),
          },
          exact,
        ),
      ),
      visits: Type.Array(
        Type.Object(
          {
            day: Text,
            sessions: Type.Array(
              Type.Object(
                {
                  id: Id,
                  number: Count,
                  openedAt: Instant,
                  outcome: OutcomeSchema,
                  statement: Type.Optional(StatementSchema),
                  lesion: Type.Optional(Id),
                },
                exact,
              ),
            ),
          },
          exact,
        ),
      ),
    },
    exact,
  ),
);
