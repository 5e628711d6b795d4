import { Type } from '@sinclair/typebox';
import type { ButtonView, CameraView } from '../../protocol/view.ts';
import { Flag, Text } from './fields.ts';
import { exact, oneOf, schemaFor } from './schema-for.ts';

export const CameraViewSchema = schemaFor<CameraView>()(
  'CameraState',
  Type.Object(
    {
      state: oneOf(['starting', 'live', 'stalled', 'lost', 'stopped']),
      driver: Text,
      simulated: Flag,
      reason: Type.Optional(Text),
      location: Type.Optional(Text),
    },
    exact,
  ),
);

export const ButtonViewSchema = schemaFor<ButtonView>()(
  'ButtonState',
  Type.Object(
    {
      driver: Text,
      state: oneOf(['ready', 'touch-only', 'stuck']),
      reason: Type.Optional(Text),
      held: Type.Optional(Type.Literal(true)),
    },
    exact,
  ),
);
