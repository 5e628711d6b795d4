/** A condition the board may detect. */
export interface BoardCondition {
  readonly now: boolean;
  /** Whether it has occurred since boot; `undefined` if only the present is reported. */
  readonly sinceBoot: boolean | undefined;
}

export interface Capacity {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** One reading of the board. `undefined` means “not reported by this board”: nothing here is ever guessed. */
export interface BoardReading {
  /** The manufacturer's name for it. */
  readonly model: string | undefined;
  readonly underVoltage: BoardCondition | undefined;
  /** The processor is throttled because of low voltage or heat. */
  readonly throttled: BoardCondition | undefined;
  /** The firmware's own over-temperature flag. */
  readonly tooHot: BoardCondition | undefined;
  /** The hottest sensor, °C. */
  readonly celsius: number | undefined;
  /** Memory available to programs. */
  readonly memory: Capacity | undefined;
  /** The disk of the data folder. */
  readonly disk: Capacity | undefined;
  /** Whether the wall clock has been synchronised since boot. */
  readonly clockSynchronised: boolean | undefined;
}

/** The board the kiosk runs on. Drivers: `LinuxBoard`. */
export interface Board {
  /** May take a moment if a program has to be run. Never throws: what cannot be read is not reported. */
  read(): Promise<BoardReading>;
}
