import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeZip } from './zip.ts';

/** A distribution as an index offers it. */
export interface Distribution {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  readonly bytes: Buffer;
  /** Hexadecimal SHA-256 of the bytes. */
  readonly sha256: string;
}

export interface WheelSpec {
  readonly name: string;
  readonly version: string;
  /** Requirements, as `Requires-Dist` has them. */
  readonly requires?: readonly string[];
  /** Files by their path in site-packages. Default: a module of the package's name that knows its version. */
  readonly files?: Readonly<Record<string, string>>;
  /** Console scripts: `name = module:function`. */
  readonly scripts?: readonly string[];
}

/** Builds a pure Python wheel (PEP 427). The same spec gives the same bytes. */
export function makeWheel(spec: WheelSpec): Distribution {
  const { name, version, requires = [], scripts = [] } = spec;
  const module = name.replaceAll('-', '_');
  const info = `${module}-${version}.dist-info`;
  const files: Record<string, string> = {
    ...(spec.files ?? { [`${module}/__init__.py`]: `__version__ = "${version}"\n\n\ndef main():\n    print(__version__)\n` }),
    [`${info}/METADATA`]: metadata(name, version, requires),
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    ...(scripts.length === 0 ? {} : { [`${info}/entry_points.txt`]: `[console_scripts]\n${scripts.join('\n')}\n` }),
  };
  const record = Object.entries(files).map(([path, text]) => `${path},sha256=${recordHash(text)},${Buffer.byteLength(text)}`);
  files[`${info}/RECORD`] = `${record.join('\n')}\n${info}/RECORD,,\n`;
  return distribution(spec, `${module}-${version}-py3-none-any.whl`, writeZip(files));
}

/** A source distribution with an extension in C. Its build backend comes with it, so that nothing else has to be installed. */
export function makeCompiledSdist(name: string, version: string): Distribution {
  const module = name.replaceAll('-', '_');
  const files = {
    'PKG-INFO': metadata(name, version, []),
    'pyproject.toml':
      `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n\n` +
      `[project]\nname = "${name}"\nversion = "${version}"\n`,
    'backend.py': BACKEND.replaceAll('@NAME@', name).replaceAll('@MODULE@', module).replaceAll('@VERSION@', version),
    [`${module}.c`]: EXTENSION.replaceAll('@MODULE@', module).replaceAll('@VERSION@', version),
  };
  const folder = mkdtempSync(join(tmpdir(), 's2i-sdist-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, `${module}-${version}`, dirname(path)), { recursive: true });
      writeFileSync(join(folder, `${module}-${version}`, path), text);
    }
    const archive = execFileSync('tar', ['-C', folder, '-czf', '-', `${module}-${version}`]);
    return distribution({ name, version }, `${module}-${version}.tar.gz`, archive);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Files of a project that is a package of its own and needs nothing from an index to be built. */
export function packageProject(name: string, version: string): Readonly<Record<string, string>> {
  const module = name.replaceAll('-', '_');
  return {
    'pyproject.toml':
      `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["build_tools"]\n\n` +
      `[project]\nname = "${name}"\nversion = "${version}"\n`,
    'build_tools/backend.py': PURE_BACKEND.replaceAll('@NAME@', name)
      .replaceAll('@MODULE@', module)
      .replaceAll('@VERSION@', version),
    [`${module}.py`]: `VERSION = "${version}"\n`,
  };
}

function metadata(name: string, version: string, requires: readonly string[]): string {
  const lines = [`Metadata-Version: 2.1`, `Name: ${name}`, `Version: ${version}`];
  return `${[...lines, ...requires.map((one) => `Requires-Dist: ${one}`)].join('\n')}\n`;
}

function recordHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function distribution({ name, version }: Pick<Distribution, 'name' | 'version'>, file: string, bytes: Buffer): Distribution {
  return { name, version, file, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const ZIP = `import zipfile

INFO = "@MODULE@-@VERSION@.dist-info"


def write(folder, tag, name, content):
    wheel = "@MODULE@-@VERSION@-" + tag + ".whl"
    with zipfile.ZipFile(folder + "/" + wheel, "w") as archive:
        archive.writestr(name, content)
        archive.writestr(INFO + "/METADATA", "Metadata-Version: 2.1\\nName: @NAME@\\nVersion: @VERSION@\\n")
        archive.writestr(INFO + "/WHEEL", "Wheel-Version: 1.0\\nGenerator: backend\\nTag: " + tag + "\\n")
        archive.writestr(INFO + "/RECORD", "")
    return wheel
`;

const PURE_BACKEND = `${ZIP}

def build_wheel(folder, config_settings=None, metadata_directory=None):
    with open("@MODULE@.py") as source:
        return write(folder, "py3-none-any", "@MODULE@.py", source.read())


build_editable = build_wheel
`;

const BACKEND = `import os
import subprocess
import sysconfig
${ZIP}

def prepare_metadata_for_build_wheel(folder, config_settings=None):
    os.mkdir(folder + "/" + INFO)
    with open(folder + "/" + INFO + "/METADATA", "w") as metadata:
        metadata.write("Metadata-Version: 2.1\\nName: @NAME@\\nVersion: @VERSION@\\n")
    return INFO


def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = "@MODULE@" + sysconfig.get_config_var("EXT_SUFFIX")
    include = "-I" + sysconfig.get_path("include")
    subprocess.check_call(["cc", "-shared", "-fPIC", "-O1", include, "@MODULE@.c", "-o", name])
    tag = "cp" + sysconfig.get_config_var("py_version_nodot")
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    with open(name, "rb") as built:
        return write(folder, tag + "-" + tag + "-" + platform, name, built.read())
`;

const EXTENSION = `#include <Python.h>

static PyObject *version(PyObject *self, PyObject *none) { return PyUnicode_FromString("@VERSION@"); }

static PyMethodDef methods[] = {{"version", version, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "@MODULE@", NULL, -1, methods};

PyMODINIT_FUNC PyInit_@MODULE@(void) { return PyModule_Create(&definition); }
`;
