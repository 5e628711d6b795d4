import { Type, type Static, type TSchema } from '@sinclair/typebox';
import type { CommandReply, ScreenEvents, ServerEvents } from '../../protocol/events.ts';
import type { Framing } from '../../protocol/framing.ts';
import { GATE_REASONS, LESION_REASONS } from '../../protocol/reasons.ts';
import { PIN_LENGTH } from '../../protocol/pin.ts';
import {
  USER_SETTINGS,
  type SettingChange,
  type SettingsReply,
  type SettingsSnapshot,
} from '../../protocol/settings.ts';
import { ContextChangeSchema } from '../context-change.ts';
import { FaultCodeSchema } from './responses.ts';
import { Flag, OperatingPoint, Text, WordsFields } from './fields.ts';
import { exact, extensible, oneOf, schemaFor, type Require, type SameJson } from './schema-for.ts';
import { AnswerCommandSchema, OpinionCommandSchema, ViewSchema } from './view.ts';

const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

export const SettingsSnapshotSchema = schemaFor<SettingsSnapshot>()(
  'SettingsSnapshot',
  Type.Object(
    {
      pin: oneOf(['none', 'set']),
      localScreen: Flag,
      waitMs: Type.Number({ minimum: 0 }),
      unlocked: Type.Optional(
        Type.Object(
          {
            entries: Type.Array(
              Type.Object(
                {
                  setting: extensible(oneOf(USER_SETTINGS)),
                  value: Value,
                  default: Value,
                  by: oneOf(['default', 'screen', 'environment']),
                  variable: Text,
                  choices: Type.Array(Value),
                },
                exact,
              ),
            ),
            operatingPoints: Type.Array(OperatingPoint),
            dims: oneOf(['backlight', 'picture']),
          },
          exact,
        ),
      ),
    },
    exact,
  ),
);

export const CommandReplySchema = schemaFor<CommandReply>()(
  'CommandReply',
  Type.Union([
    Type.Object({ ok: Type.Literal(true) }, exact),
    Type.Object({ ok: Type.Literal(false), code: FaultCodeSchema, ...WordsFields }, exact),
  ]),
);

export const SettingsReplySchema = schemaFor<SettingsReply>()(
  'SettingsReply',
  Type.Union([
    Type.Object({ ok: Type.Literal(true), snapshot: SettingsSnapshotSchema }, exact),
    Type.Object(
      {
        ok: Type.Literal(false),
        code: FaultCodeSchema,
        ...WordsFields,
        snapshot: SettingsSnapshotSchema,
      },
      exact,
    ),
  ]),
);

const SettingChangeSchema = schemaFor<SettingChange>()(
  'SettingChange',
  Type.Object({ setting: oneOf(USER_SETTINGS), value: Value }, exact),
);

const Pin = Type.String({
  pattern: `^[0-9]{${PIN_LENGTH.least},${PIN_LENGTH.most}}$`,
  writeOnly: true,
});

const Jpeg = Type.Unsafe<ArrayBuffer>(Type.String({ contentMediaType: 'image/jpeg' }));

const Share = Type.Number({ minimum: 0, maximum: 2 });

const FRAMING_REASONS = [
  ...(Object.keys(GATE_REASONS) as (keyof typeof GATE_REASONS)[]),
  ...(Object.keys(LESION_REASONS) as (keyof typeof LESION_REASONS)[]),
];

const FramingSchema = schemaFor<Framing>()(
  'Framing',
  Type.Object(
    {
      reason: Type.Optional(extensible(oneOf(FRAMING_REASONS))),
      focus: Share,
      glare: Type.Optional(Share),
      hair: Type.Optional(Share),
    },
    exact,
  ),
);

/** One event: its payload, and that of its acknowledgement; `undefined` if there is none. */
export interface EventSchema {
  readonly summary: string;
  readonly payload: readonly TSchema[];
  readonly reply: readonly TSchema[] | undefined;
}

/** The arguments of an event, apart from the acknowledgement, which comes last. */
type Payload<Event> = Event extends (...parts: infer Parts) => void
  ? Parts extends [...infer Carried, (...reply: never) => void]
    ? Carried
    : Parts
  : never;

type Reply<Event> = Event extends (...parts: infer Parts) => void
  ? Parts extends [...unknown[], (...reply: infer Replied) => void]
    ? Replied
    : undefined
  : never;

type Statics<Schemas> = { [K in keyof Schemas]: Schemas[K] extends TSchema ? Static<Schemas[K]> : never };

/** Compiles only if payload and reply match those of `Event`. */
const event =
  <Event>() =>
  <const P extends readonly TSchema[], const R extends readonly TSchema[] | undefined>(
    summary: string,
    payload: P,
    reply: R,
    // eslint-disable-next-line @typescript-eslint/no-unused-vars -- for the compiler alone
    ..._same: [
      ...Require<SameJson<Statics<P>, Payload<Event>>>,
      ...Require<SameJson<R extends readonly TSchema[] ? Statics<R> : undefined, Reply<Event>>>,
    ]
  ): EventSchema => ({ summary, payload, reply });

/** The kiosk → a screen. */
export const SERVER_EVENTS: Readonly<Record<keyof ServerEvents, EventSchema>> = {
  view: event<ServerEvents['view']>()(
    'The whole current View: on connect, and after every change',
    [ViewSchema],
    undefined,
  ),
  locked: event<ServerEvents['locked']>()('The unlock of this screen has ended', [], undefined),
  frame: event<ServerEvents['frame']>()(
    'One frame of the live preview; the next comes only after this one is acknowledged',
    [Jpeg],
    [],
  ),
  framing: event<ServerEvents['framing']>()(
    'What a press now would find, several times per second while the live preview is on; null while unknown',
    [Type.Union([FramingSchema, Type.Null()])],
    undefined,
  ),
};

/** A screen → the kiosk. */
export const SCREEN_EVENTS: Readonly<Record<keyof ScreenEvents, EventSchema>> = {
  press: event<ScreenEvents['press']>()('Capture now', [], [CommandReplySchema]),
  retake: event<ScreenEvents['retake']>()(
    'Capture the patient and the lesion of the result on the screen again',
    [],
    [CommandReplySchema],
  ),
  accept: event<ScreenEvents['accept']>()('Accept the current result', [], [CommandReplySchema]),
  discard: event<ScreenEvents['discard']>()('Discard the current result', [], [CommandReplySchema]),
  dismiss: event<ScreenEvents['dismiss']>()('Leave a retake or a fault', [], [CommandReplySchema]),
  answer: event<ScreenEvents['answer']>()(
    'Answer the questions about the lesion that was captured',
    [AnswerCommandSchema],
    [CommandReplySchema],
  ),
  opinion: event<ScreenEvents['opinion']>()(
    'Give an opinion of the lesion before its result is shown',
    [OpinionCommandSchema],
    [CommandReplySchema],
  ),
  context: event<ScreenEvents['context']>()(
    'Select the patient or the lesion of the next session',
    [ContextChangeSchema],
    [CommandReplySchema],
  ),
  unlocked: event<ScreenEvents['unlocked']>()(
    'Unlock this connection with the token of POST /api/unlock',
    [Type.String({ writeOnly: true })],
    [CommandReplySchema],
  ),
  active: event<ScreenEvents['active']>()('Somebody touches this screen', [], undefined),
  beat: event<ScreenEvents['beat']>()('Rendering heartbeat; sent every few seconds', [], undefined),
  settings: event<ScreenEvents['settings']>()('Read the settings', [], [SettingsReplySchema]),
  'settings-unlock': event<ScreenEvents['settings-unlock']>()(
    'Unlock the settings for this connection',
    [Pin],
    [SettingsReplySchema],
  ),
  'settings-lock': event<ScreenEvents['settings-lock']>()('Lock the settings', [], [SettingsReplySchema]),
  'settings-pin': event<ScreenEvents['settings-pin']>()(
    'Set the first PIN, or a new one',
    [Pin],
    [SettingsReplySchema],
  ),
  'settings-change': event<ScreenEvents['settings-change']>()(
    'Change one setting',
    [SettingChangeSchema],
    [SettingsReplySchema],
  ),
  preview: event<ScreenEvents['preview']>()(
    'Switch the live preview of this screen on or off',
    [Flag],
    undefined,
  ),
};
