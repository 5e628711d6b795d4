/**
 * The part of the package that this project uses. Declared here because the package is optional: the program must
 * compile without it.
 */
declare module 'node-libcamera' {
  interface Package {
    /** Runs `libcamera-still` from the PATH through a shell, with `--key value` for each option. Rejects on failure. */
    still(options: unknown): Promise<string>;
  }

  const libcamera: Package;
  export default libcamera;
}
