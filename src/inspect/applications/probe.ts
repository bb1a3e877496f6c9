import { READ_MODULES } from './probe-modules.ts';

/**
 * Asked of the environment's own interpreter, because only its `ast` knows its grammar. Arguments: the folders that modules
 * of the project lie in, separated by `:`, then files. Answers with one JSON object: file → what `SourceAnswer` says.
 * Nothing of the project is imported or run. It follows imports and calls through files of the project only.
 */
export const FIND_APPLICATIONS = `${READ_MODULES}

def load(path):
    if path not in MODULES:
        MODULES[path] = None
        with open(path, 'rb') as file:
            MODULES[path] = spread(Module(path, ast.parse(file.read())))
    return MODULES[path]


def spread(module):
    """Adds the names that \`import *\` brings from files of the project."""
    for source, node in module.stars:
        file = locate(source, module.path)
        target = attempt(file) if file else None
        for name in target.names if target else []:
            if not name.startswith('_'):
                module.names.setdefault(name, ('import', source, name, node))
    return module


def attempt(path):
    try:
        return load(path)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def locate(source, inside):
    level = len(source) - len(source.lstrip('.'))
    parts = [part for part in source[level:].split('.') if part]
    folder = os.path.dirname(inside)
    for _ in range(level - 1):
        folder = os.path.dirname(folder)
    for root in [folder] if level else ROOTS:
        path = os.path.join(root, *parts)
        for file in [path + '.py', os.path.join(path, '__init__.py')]:
            if os.path.isfile(file):
                return file
    return None


def imported(module, source, name):
    """The module a name comes from and its name there; None for what is not the project's."""
    if name is not None:
        whole = locate(source + ('' if source.endswith('.') else '.') + name, module.path)
        if whole:
            return attempt(whole), None
    file = locate(source, module.path)
    return (attempt(file) if file and file != module.path else None), name


def origin(module, name, depth):
    """What a name is made of: dotted names, the surest first."""
    node = module.names.get(name)
    if node is None or depth > DEEP:
        return []
    if isinstance(node, tuple):
        _, source, other, _ = node
        target, inner = imported(module, source, other)
        if target is not None:
            return origin(target, inner, depth + 1) if inner else []
        return [source + '.' + other if other else source]
    if isinstance(node, ast.ClassDef):
        return bases(module, node, depth)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return returned(module, node, depth)
    found = made(module, node.value, depth, module.names)
    if isinstance(node, ast.AnnAssign) and node.annotation is not None:
        found = found + named(module, dotted(node.annotation), depth)
    return found


def made(module, value, depth, scope):
    if isinstance(value, ast.Await):
        value = value.value
    if isinstance(value, ast.IfExp):
        return made(module, value.body, depth + 1, scope) + made(module, value.orelse, depth + 1, scope)
    if isinstance(value, ast.Call):
        found = named(module, dotted(value.func), depth)
        for argument in value.args[:1]:
            found = found + made(module, argument, depth + 1, scope)
        return found
    if isinstance(value, ast.Name) and depth <= DEEP:
        inner = scope.get(value.id)
        if scope is not module.names and isinstance(inner, (ast.Assign, ast.AnnAssign)):
            return made(module, inner.value, depth + 1, scope)
        return origin(module, value.id, depth + 1)
    if isinstance(value, ast.Attribute):
        return named(module, dotted(value), depth)
    return []


def named(module, text, depth):
    """What a dotted name leads to, with the imports of the module put in."""
    head, _, rest = text.partition('.')
    node = module.names.get(head)
    if isinstance(node, tuple):
        _, source, other, _ = node
        target, inner = imported(module, source, other)
        if target is None:
            return ['.'.join([part for part in (source, other, rest) if part])]
        wanted = inner or rest
        return origin(target, wanted, depth + 1) if wanted and '.' not in wanted else []
    if node is not None and not rest:
        return origin(module, head, depth + 1)
    if rest in ('server', 'make_wsgi_app', 'http_app', 'sse_app', 'streamable_http_app'):
        return [one + '.' + rest for one in origin(module, head, depth + 1)]
    return ['.'.join([source for source, _ in module.stars[-1:]] + [text])] if node is None else []


def bases(module, node, depth):
    found = [one for base in node.bases for one in named(module, dotted(base), depth + 1)]
    for inner in node.body:
        if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef)) and inner.name == '__call__':
            takes = len(inner.args.args)
            found.append('asgi.__call__' if takes == 4 else 'wsgi.__call__' if takes == 3 else '__call__')
    return found


def returned(module, node, depth):
    scope, values = {}, []
    for one in ast.walk(node):
        if isinstance(one, (ast.Assign, ast.AnnAssign)) and one.value is not None:
            for target in getattr(one, 'targets', None) or [one.target]:
                if isinstance(target, ast.Name) and target.id not in scope:
                    scope[target.id] = one
        if isinstance(one, ast.withitem) and isinstance(one.optional_vars, ast.Name):
            scope.setdefault(one.optional_vars.id, bound(one.optional_vars, one.context_expr))
        if isinstance(one, ast.Return) and one.value is not None:
            values.append(one.value)
    found = [one for value in values for one in made(module, value, depth + 1, scope)]
    annotation = node.returns
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return found + named(module, annotation.value, depth + 1)
    return found + (named(module, dotted(annotation), depth + 1) if annotation is not None else [])


def definition(module, name, depth=0):
    """The node that a name leads to, through the files of the project."""
    node = module.names.get(name)
    while isinstance(node, tuple) and depth < DEEP:
        target, inner = imported(module, node[1], node[2])
        if target is None or inner is None:
            break
        module, node, depth = target, target.names.get(inner), depth + 1
    return node


def describe(module, name):
    node = definition(module, name)
    line = getattr(module.names[name][3] if isinstance(module.names[name], tuple) else module.names[name], 'lineno', 0)
    found = {'name': name, 'line': line, 'of': list(dict.fromkeys(origin(module, name, 0)))[:8]}
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        arguments = node.args
        every = arguments.posonlyargs + arguments.args
        required = len(every) - len(arguments.defaults) + sum(one is None for one in arguments.kw_defaults)
        kind = 'coroutine' if isinstance(node, ast.AsyncFunctionDef) else 'function'
        return dict(found, **{'is': kind, 'takes': len(every), 'needs': required})
    kind = 'class' if isinstance(node, ast.ClassDef) else 'import' if isinstance(node, tuple) or node is None else 'value'
    return dict(found, **{'is': kind, 'takes': 0, 'needs': 0})


def report(path):
    before = {path, *MODULES}
    try:
        module = load(path)
    except SyntaxError as error:
        return {'problem': 'line %s: %s' % (error.lineno, error.msg)}
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        return {'problem': str(error) or type(error).__name__}
    names = [describe(module, name) for name in module.names if not name.startswith('__')]
    inner = [MODULES[one] for one in MODULES if one not in before and MODULES[one] is not None]
    own = [[how, '.'.join(part for part in (resolve(module, what))) or what] for how, what in module.calls]
    deep = [['elsewhere', what] for one in inner for how, what in one.calls if how == 'statement']
    found = {'main': module.main, 'names': names, 'calls': (own + deep)[:400], 'follows': [one.path for one in inner]}
    return dict(found, **page(module))


def page(module):
    """Whether it makes pages with Streamlit or Gradio, wherever in the file, and starts the server of these itself."""
    calls = [one for one in ast.walk(module.tree) if isinstance(one, ast.Call)]
    names = ['.'.join(resolve(module, dotted(one.func))) for one in calls]
    for of in ('streamlit', 'gradio'):
        if any(name.startswith(of + '.') for name in names):
            return {'page': {'of': of, 'starts': any(starts(of, *one) for one in zip(names, calls))}}
    return {}


def starts(of, name, call):
    if name.startswith(('streamlit.web', 'streamlit.bootstrap', 'streamlit.cli', 'uvicorn.run')):
        return True
    if name.endswith('.launch'):
        return of == 'gradio'
    words = [str(one.value) for one in ast.walk(call) if isinstance(one, ast.Constant)]
    return name.startswith(('subprocess.', 'os.')) and any('streamlit' in word for word in words)


def resolve(module, text):
    head, dot, rest = text.partition('.')
    node = module.names.get(head)
    if isinstance(node, tuple):
        return [part for part in (node[1], node[2], rest) if part]
    return [text]


sys.setrecursionlimit(2000)
answer = {}
for path in sys.argv[2:]:
    answer[path] = report(path)
print(json.dumps(answer))
`;
