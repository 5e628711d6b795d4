/**
 * What this project uses of the package. Declared here because the package is optional: the program must compile where it could not
 * be installed.
 */
declare module 'node-libcamera' {
  interface Package {
    /** Runs `libcamera-still` of the PATH by a shell, with `--key value` of each option. Rejects when it fails. */
    still(options: unknown): Promise<string>;
  }

  const libcamera: Package;
  export default libcamera;
}
