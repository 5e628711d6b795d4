import { Type } from '@sinclair/typebox';
import { GUIDE_STEPS, type GuideView } from '../../protocol/guide.ts';
import { USER_SETTINGS } from '../../protocol/settings.ts';
import { exact, extensible, oneOf, schemaFor } from './schema-for.ts';

export const GuideStepSchema = oneOf(GUIDE_STEPS);

export const GuideViewSchema = schemaFor<GuideView>()(
  'GuideView',
  Type.Object(
    {
      step: Type.Union([GuideStepSchema, Type.Null()]),
      localScreen: Type.Boolean(),
      addresses: Type.Array(Type.String()),
      fixed: Type.Array(
        Type.Object(
          {
            setting: extensible(oneOf(USER_SETTINGS)),
            variable: Type.String(),
          },
          exact,
        ),
      ),
    },
    exact,
  ),
);
