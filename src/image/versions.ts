import { MARK } from './measured.ts';

/** A program for the Python of an image that may have no shell: versions of what people ask about. */
export const SMALL_VERSIONS = `
import importlib.metadata, os, platform, sqlite3, ssl
print("${MARK} Python", platform.python_version())
try:
    print("${MARK} pip", importlib.metadata.version("pip"))
except importlib.metadata.PackageNotFoundError:
    pass
print("${MARK} glibc", os.confstr("CS_GNU_LIBC_VERSION"))
print("${MARK} OpenSSL", ssl.OPENSSL_VERSION)
print("${MARK} SQLite", sqlite3.sqlite_version)
`;
