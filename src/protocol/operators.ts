/** In place of an operator's id: whoever knows the PIN of the settings. */
export const TECHNICIAN = 'technician';

export const NAME_MAX = 24;

/** Number of characters of a badge's code. */
export const BADGE_LENGTH = { least: 6, most: 80 } as const;

/** `POST /api/unlock`: a scanned badge, an operator with their PIN, or the PIN of the settings alone. */
export type Credential =
  { readonly badge: string } | { readonly operator: string; readonly pin: string } | { readonly pin: string };

/** Who has unlocked a screen or a program. */
export interface UnlockView {
  /** Id of the operator, or `technician`. */
  readonly operator: string;
  /** Absent for the technician. */
  readonly name?: string;
  /** Whether the settings are unlocked too. */
  readonly settings: boolean;
}

/** `GET /api/unlock`: how to unlock, and whether it is necessary. */
export interface UnlockState {
  /** False if there is neither a PIN nor an operator, or if it is switched off: then nothing is locked. */
  readonly required: boolean;
  /** The active ones, by name. */
  readonly operators: readonly {
    readonly id: string;
    readonly name: string;
    readonly pin: boolean;
    /** Until the next attempt with the PIN, ms; 0 for immediately. */
    readonly waitMs: number;
  }[];
  /** Whether a scanned code may be a badge, and the beginning of every badge's code. */
  readonly badges: boolean;
  readonly badgePrefix: string;
  readonly badgeWaitMs: number;
  /** Whether there is a PIN of the settings. */
  readonly pin: boolean;
  readonly pinWaitMs: number;
  /** Present if the asking screen or program has unlocked. */
  readonly unlocked?: UnlockView;
}

/** `POST /api/unlock`: the token is sent as a cookie too. */
export interface UnlockAnswer extends UnlockState {
  readonly token: string;
}

/** `GET /api/operators`: what the technician sees; never a badge or a PIN. */
export interface OperatorView {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** Whether their unlock opens the settings too. */
  readonly settings: boolean;
  readonly badge: boolean;
  readonly pin: boolean;
}

/** `GET /api/operators`: by name. */
export interface OperatorList {
  readonly operators: readonly OperatorView[];
}

/** `POST /api/operators`: with a badge or a PIN, or both. */
export interface NewOperator {
  readonly name: string;
  readonly settings?: boolean;
  readonly badge?: string;
  readonly pin?: string;
}

/** `PATCH /api/operators/:id`; `null` removes a badge or a PIN. */
export interface OperatorChange {
  readonly name?: string;
  readonly active?: boolean;
  readonly settings?: boolean;
  readonly badge?: string | null;
  readonly pin?: string | null;
}
