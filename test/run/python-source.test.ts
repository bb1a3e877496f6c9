import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parseManage } from '../../src/inspect/django/settings.ts';
import { lastValue, readBindings } from '../../src/inspect/python/bindings.ts';
import { readLines } from '../../src/inspect/python/lines.ts';
import { readStatements } from '../../src/inspect/python/statements.ts';
import { readTokens } from '../../src/inspect/python/tokens.ts';
import { parseKey, parseSetupName } from '../../src/inspect/setup/name.ts';
import { setsApplication } from '../../src/run/read/configuration.ts';
import { splitWords } from '../../src/run/servers/gunicorn/words.ts';

/** Asks the machine's Python, with nothing of this process's own environment. */
function python(program: string, input: unknown): unknown {
  const environment = { PATH: '/usr/local/bin:/usr/bin:/bin' };
  const options = { input: JSON.stringify(input), env: environment, encoding: 'utf8' } as const;
  return JSON.parse(execFileSync('python3', ['-I', '-c', `import json, sys\ninput = json.load(sys.stdin)\n${program}`], options));
}

describe('[B59] words of GUNICORN_CMD_ARGS', () => {
  const texts = [
    '',
    '  ',
    '--bind=0.0.0.0:8080 --workers 3',
    ` --access-logformat '%(h)s %(l)s "%(r)s"' `,
    `--access-logformat "%(h)s \\"%(r)s\\" \\\\ \\n"`,
    `a"b c"d'e f'g`,
    `''`,
    `"" x ''y`,
    'a\\ b \\"c\\" \\\\',
    'a # b',
    'a\tb\nc\r\nd',
    '*.py $HOME `x` ~',
    `'open`,
    `"open`,
    'trailing\\',
    `"trailing\\`,
    `it's`,
    'ü "é ß" \u00a0x',
    `--env A='b c' --env=B="d"`,
  ];

  test('are those of Python', () => {
    const program = `
import shlex
def split(text):
    try: return shlex.split(text)
    except ValueError: return None
print(json.dumps([split(text) for text in input]))`;
    expect(texts.map((text) => splitWords(text) ?? null)).toEqual(python(program, texts));
  });
});

describe('[B40] configurations that set wsgi_app', () => {
  const texts = [
    'wsgi_app = "app:application"\n',
    "wsgi_app='app'",
    'wsgi_app: str = "app"\n',
    'bind = "x"; wsgi_app = "app"\n',
    'wsgi_app = (\n    "app"\n    ":application"\n)\n',
    'wsgi_app = \\\n    "app"\n',
    'import os\nwsgi_app = os.environ.get("NOT_SET", "app")\n',
    'if True:\n    wsgi_app = "app"\n',
    'if True: wsgi_app = "app"\n',
    'try:\n\twsgi_app = "app"\nexcept Exception:\n\tpass\n',
    'a = wsgi_app = "app"\n',
    'wsgi_app, bind = "app", "x"\n',
    '(wsgi_app) = "app"\n',
    'globals()["wsgi_app"] = "app"\n',
    'for wsgi_app in ["app"]: pass\n',
    'from string import digits as wsgi_app\n',
    'import string as wsgi_app\n',
    'def wsgi_app(environ, start): pass\n',
    'class wsgi_app: pass\n',
    'x = f"{"a"}"; wsgi_app = "app"\n'.replace('"a"', "'a'"),
    "s = 'it\\'s'\nwsgi_app = 'app'\n",
    's = r"\\"\nwsgi_app = "app"\n'.replace('r"\\"', 'r"\\\\"'),
    'x = """ " """; wsgi_app = "app"\n',
    'x = {\n  "wsgi_app": 1,\n}\nwsgi_app = x\n',
    '(wsgi_app := "app")\n',
    'wsgi_app = ""\nwsgi_app = "app"\n',
    // These set nothing.
    '# wsgi_app = "app"\n',
    'bind = "x" # wsgi_app = "app"\n',
    '"""\nwsgi_app = "app"\n"""\n',
    "'''\nwsgi_app = 'app'\n'''\n",
    'x = "wsgi_app = 1"\n',
    'x = {"wsgi_app": 1}\n',
    'x = dict(wsgi_app="app")\n',
    'def f():\n    wsgi_app = "app"\n    return wsgi_app\n',
    'class A:\n    wsgi_app = "app"\n',
    'def f(wsgi_app="app"): pass\n',
    'x = lambda wsgi_app: wsgi_app\n',
    'wsgi_app = None\n',
    'wsgi_app = ""\n',
    'my_wsgi_app = "app"\n',
    'wsgi_app_name = "app"\n',
    'print("wsgi_app") if False else None\n',
    'x = "\\"\\nwsgi_app = 1"\n',
    'x = """\\"""\nwsgi_app = 1\n"""\n',
    'x = [\n  1, # wsgi_app = "]"\n]\n',
    '',
  ];

  test('are those in which Python finds a value afterwards', () => {
    const program = `
import io, contextlib
def sets(text):
    scope = {"__name__": "config"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(text, "config", "exec"), scope)
    return bool(scope.get("wsgi_app"))
print(json.dumps([sets(text) for text in input]))`;
    const ours = texts.map((text) => [text, setsApplication(text)]);
    const theirs = python(program, texts) as readonly boolean[];
    expect(ours).toEqual(texts.map((text, at) => [text, theirs[at]]));
  });

  test('do not have to be valid Python', () => {
    for (const text of ['wsgi_app = (', 'wsgi_app = "open', "'''", '((((', 'f"{', 'f"{x:', '\\', ')]}', 'x = "\\']) {
      expect(() => setsApplication(`${text}\nwsgi_app`)).not.toThrow();
    }
  });
});

describe('literals', () => {
  const literals = [
    `'a'`,
    `"a" 'b'`,
    `'''a\nb'''`,
    `r'\\n\\d'`,
    `'\\n\\t\\\\\\'\\"'`,
    `'\\x41\\u00e9\\U0001F600\\101'`,
    `u'x'`,
    `R"\\w"`,
    `'\\d'`,
    `'a\\\nb'`,
    `('a'\n  'b')`,
    `'ü'`,
  ];

  test('have the value that Python gives them', () => {
    const ours = literals.map((text) => lastValue(readBindings(readStatements(`x = ${text}\n`, ['x'])), 'x'));
    const program =
      'import ast, warnings\nwarnings.simplefilter("ignore")\nprint(json.dumps([ast.literal_eval(text) for text in input]))';
    expect(ours).toEqual((python(program, literals) as readonly string[]).map((text) => ({ is: 'text', text })));
  });

  test.each([`b'a'`, `f'a'`, `'\\N{DASH}'`, `a + 'b'`, `'a' % 1`, '1'])('%s is only known by running it', (text) => {
    expect(lastValue(readBindings(readStatements(`x = ${text}\n`, ['x'])), 'x')).toEqual({ is: 'unknown' });
  });
});

describe('logical lines', () => {
  test('are those of Python', () => {
    const text = [
      'a = 1  # one',
      'if a:',
      '\tb = (1,',
      '  2)',
      "    c = '''",
      'not a line',
      "'''",
      'd = "x\\',
      'y"',
      'e = [1, # (',
      ']',
      '',
      '   # only a comment',
      'f = "#" + \\',
      '  "#"',
      'g = f"{a!r:>{10}} {{"',
    ].join('\r\n');
    expect(readLines(text).map((line) => line.text.split(/[ =(]/)[0])).toEqual(['a', 'if', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(readLines(text).map((line) => line.indent)).toEqual([0, 0, 8, 4, 0, 0, 0, 0]);
  });

  test('are split into the tokens of Python', () => {
    const text = `x: int = f(a, *b, **c) ** 2 // 3 -> y := [1.5e3, .5, 'a', rb"b"] != {...} # end`;
    const program = `
import io, tokenize
kinds = (tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING)
print(json.dumps([t.string for t in tokenize.generate_tokens(io.StringIO(input).readline) if t.type in kinds]))`;
    expect(readTokens(text).map((token) => token.text)).toEqual(python(program, text));
  });
});

describe('[B61] the settings module in manage.py', () => {
  test.each([
    ["os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.settings')", ['a.settings']],
    ['os.environ.setdefault(\n  "DJANGO_SETTINGS_MODULE",\n  "a.settings",\n)', ['a.settings']],
    ["os.environ['DJANGO_SETTINGS_MODULE'] = 'a.settings'", ['a.settings']],
    ["if x:\n  setdefault('DJANGO_SETTINGS_MODULE', 'a')\nelse:\n  setdefault('DJANGO_SETTINGS_MODULE', 'b')", ['a', 'b']],
    ["# setdefault('DJANGO_SETTINGS_MODULE', 'a')", []],
    ["setdefault('DJANGO_SETTINGS_MODULE', f'{x}.settings')", []],
    ["os.environ.get('DJANGO_SETTINGS_MODULE')", []],
    ['', []],
  ])('%j', (text, modules) => {
    expect(parseManage(text)).toEqual(modules);
  });
});

describe('[B54] the name in setup.py', () => {
  test.each([
    ['setup(name="a")', { text: 'a' }],
    ['setuptools.setup(\n    version=read("x"),\n    name = "a-b", # x\n)', { text: 'a-b' }],
    ['if __name__ == "__main__":\n    setup(name="a")', { text: 'a' }],
    ['N = "a"\nsetup(name=N)', { text: 'a' }],
    ['setup(version=f(name="no"), name="yes")', { text: 'yes' }],
    ['setup()', 'none'],
    ['setup(version="1")', 'none'],
    ['setup(**x)', 'unknown'],
    ['setup(name=a.b)', 'unknown'],
    ['setup(name=None)', 'unknown'],
    ['def setup(x): pass\nsetup(name="a")', { text: 'a' }],
    ['# setup(name="a")', 'unknown'],
    ['setup(name="a")\nsetup(name="b")', 'unknown'],
    ['', 'unknown'],
  ])('%j', (text, name) => {
    expect(parseSetupName(text)).toEqual(name);
  });

  test.each([
    ['[metadata]\nname = a\n', 'a'],
    ['[metadata]\nname: a\n', 'a'],
    ['[other]\nname = b\n[metadata]\nversion = 1\nname= a ; x\n', 'a'],
    ['[metadata.x]\nname = b\n', undefined],
    ['name = a\n', undefined],
    ['[metadata]\nname =\n', undefined],
    ['[metadata]\r\nname = "a"\r\n', 'a'],
  ])('in the metadata %j', (text, name) => {
    expect(parseKey(text, 'metadata', 'name')).toBe(name);
  });
});
