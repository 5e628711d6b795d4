/** `newc`, the archive format of the kernel's initial RAM disk. */
const MAGIC = '070701';
const FOLDER = 0o040755;
const PROGRAM = 0o100755;

/**
 * @param {readonly { name: string, folder?: true, data?: Buffer }[]} entries folders before their contents
 * @returns {Buffer}
 */
export function cpio(entries) {
  const parts = entries.map(({ name, folder, data = Buffer.alloc(0) }, i) =>
    record(name, folder === true ? FOLDER : PROGRAM, i + 1, data),
  );
  return Buffer.concat([...parts, record('TRAILER!!!', 0, 0, Buffer.alloc(0))]);
}

function record(name, mode, inode, data) {
  const fields = [inode, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, name.length + 1, 0];
  const header = MAGIC + fields.map((value) => value.toString(16).padStart(8, '0')).join('');
  return Buffer.concat([padded(Buffer.from(`${header}${name}\0`)), padded(data)]);
}

/** Header with name, and data, are each padded to a multiple of four. */
function padded(bytes) {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
