import type { LampTest, SelfTestReport } from '../protocol/diagnostics.ts';

/** Tests of the running kiosk. */
export interface SelfTestControl {
  /** Takes a second or two: frames are counted. */
  run(): Promise<SelfTestReport>;
  /**
   * The next press of the button, which starts no session; `undefined` if there was none in time or nobody waits any
   * more.
   */
  nextPress(signal: AbortSignal): Promise<{ readonly driver: string; readonly location: string } | undefined>;
  testLamp(): LampTest;
}
