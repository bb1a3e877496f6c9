/**
 * Shared libraries that the minimal and the micro image both have, by the name a program asks for (docs/upstream/libraries.md
 * says where the list comes from; a test looks into both images). What needs nothing else runs on every flavour.
 */
export const FLAVOUR_LIBRARIES: readonly string[] = [
  // glibc, with the stubs that old wheels name
  'ld-linux-x86-64.so.2',
  'ld-linux-aarch64.so.1',
  'libc.so.6',
  'libdl.so.2',
  'libm.so.6',
  'libpthread.so.0',
  'libresolv.so.2',
  'librt.so.1',
  'libutil.so.1',
  'libcrypt.so.1',
  // compilers' run-time libraries
  'libgcc_s.so.1',
  'libstdc++.so.6',
  // what Python's own modules need
  'libbz2.so.1.0',
  'libcrypto.so.3',
  'libexpat.so.1',
  'libffi.so.8',
  'liblzma.so.5',
  'libsqlite3.so.0',
  'libssl.so.3',
  'libuuid.so.1',
  'libz.so.1',
];
