/** Something the board may have noticed of itself. */
export interface BoardCondition {
  readonly now: boolean;
  /** Whether it happened at all since the board was started; `undefined` where only the present is told. */
  readonly sinceBoot: boolean | undefined;
}

export interface Capacity {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** What a board tells of itself at one moment. `undefined` is “not told by this board”: nothing here is ever guessed. */
export interface BoardReading {
  /** Its maker's name for it. */
  readonly model: string | undefined;
  readonly underVoltage: BoardCondition | undefined;
  /** The processor runs slower than it could, for want of power or for heat. */
  readonly throttled: BoardCondition | undefined;
  /** The firmware's own judgement that it is too hot. */
  readonly tooHot: BoardCondition | undefined;
  /** The hottest place that is measured, °C. */
  readonly celsius: number | undefined;
  /** Memory that programs could still get. */
  readonly memory: Capacity | undefined;
  /** The disk of the data folder. */
  readonly disk: Capacity | undefined;
  /** Whether the wall clock was set by a time source since the start. */
  readonly clockSynchronised: boolean | undefined;
}

/** The machine under the kiosk. Drivers: `LinuxBoard`. */
export interface Board {
  /** Takes a moment where a program has to be asked. Throws nothing: what cannot be read is not told. */
  read(): Promise<BoardReading>;
}
