import type {
  Credential,
  NewOperator,
  OperatorChange,
  OperatorView,
  UnlockState,
  UnlockView,
} from '../protocol/operators.ts';

/** The secret of one unlocked screen or program; sent with every request. */
export type UnlockToken = string;

/** Who may open the log, the patients and the settings now, and who they are. */
export interface OperatorControl {
  /** Whether these are locked for anybody without an unlock. @throws KioskError `store/…` if that cannot be read */
  isRequired(): Promise<boolean>;
  /** As last determined; for what is sent without being asked for. */
  wasRequired(): boolean;
  state(token: UnlockToken | undefined): Promise<UnlockState>;
  /** Who holds a valid unlock; using it extends it. */
  holder(token: UnlockToken | undefined): UnlockView | undefined;
  /**
   * Opens an unlock, which replaces the given one. The PIN of the settings opens the settings for an operator who has
   * unlocked, who stays its author.
   *
   * @throws KioskError `badge/unknown`, `pin/wrong`, `pin/wait`, `operator/unknown`, `settings/locked` without a PIN,
   *   `store/…`
   */
  unlock(credential: Credential, token?: UnlockToken): Promise<UnlockToken>;
  lock(token: UnlockToken | undefined): void;
  /** The settings were left: the technician is locked out, an operator keeps what is their own. */
  closeSettings(token: UnlockToken | undefined): void;
  /** Called when an unlock ends, for whatever reason. */
  onLocked(listener: (token: UnlockToken) => void): () => void;

  list(): readonly OperatorView[];
  /** @throws KioskError `operator/taken`, `pin/weak`, `badge/unusable`, `request/invalid`, `store/…` */
  add(operator: NewOperator, by: string): Promise<OperatorView>;
  /** A new badge or PIN, and deactivation, lock the operator's screens. @throws KioskError as `add`; `operator/unknown` */
  change(id: string, change: OperatorChange, by: string): Promise<OperatorView>;
}
