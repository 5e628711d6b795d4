/**
 * Every reason and fault of the kiosk, as a stable code with its texts: what happened, and the cure. The screen, the
 * HTTP responses and the command line all use these texts.
 */
export interface Words {
  /** One short sentence that names the problem. */
  readonly message: string;
  /** One short sentence in the imperative that says what to do. */
  readonly cure: string;
}
