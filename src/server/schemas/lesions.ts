import { Type } from '@sinclair/typebox';
import { BODY_SITES } from '../../protocol/body-sites.ts';
import { CLOSING_REASONS, LABEL_MAX } from '../../protocol/context.ts';
import { LESION_EDIT_KINDS, type LesionEdit, type LesionRecord } from '../../protocol/lesion.ts';
import type { LesionOverviews, StoredOverview } from '../../protocol/overview.ts';
import { Id, Instant, Text } from './fields.ts';
import { exact, oneOf, schemaFor } from './schema-for.ts';
import { LesionViewSchema } from './view.ts';

/** The label may have surrounding spaces, which are trimmed. */
export const LesionEditSchema = schemaFor<LesionEdit>()(
  'LesionEdit',
  Type.Object(
    {
      label: Type.Optional(Type.String({ minLength: 1, maxLength: 2 * LABEL_MAX })),
      site: Type.Optional(oneOf(BODY_SITES)),
      closed: Type.Optional(
        Type.Union([oneOf(CLOSING_REASONS), Type.Null()], {
          description: 'Why it is closed; null reopens it',
        }),
      ),
    },
    { ...exact, minProperties: 1 },
  ),
);

export const LesionRecordSchema = schemaFor<LesionRecord>()(
  'LesionRecord',
  Type.Object(
    {
      lesion: LesionViewSchema,
      history: Type.Array(
        Type.Object(
          {
            kind: oneOf(LESION_EDIT_KINDS),
            at: Instant,
            label: Type.Optional(Text),
            site: Type.Optional(oneOf(BODY_SITES)),
            reason: Type.Optional(oneOf(CLOSING_REASONS)),
            operator: Type.Optional(Text),
          },
          exact,
        ),
      ),
      operators: Type.Optional(Type.Record(Type.String(), Text)),
    },
    exact,
  ),
);

export const StoredOverviewSchema = schemaFor<StoredOverview>()(
  'StoredOverview',
  Type.Object({ id: Id, keptAt: Instant, due: Instant }, exact),
);

export const LesionOverviewsSchema = schemaFor<LesionOverviews>()(
  'LesionOverviews',
  Type.Object({ overviews: Type.Array(StoredOverviewSchema) }, exact),
);
