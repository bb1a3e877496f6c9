/** The part of the probe that reads one module: its names, its calls, and whether it looks at `__name__`. */
export const READ_MODULES = `# finds applications
import ast, json, os, sys

ROOTS = [root for root in sys.argv[1].split(':') if root]
MODULES = {}
DEEP = 8


class Module:
    def __init__(self, path, tree):
        self.path, self.tree, self.names, self.calls, self.main = path, tree, {}, [], False
        self.stars = []
        self.walk(tree.body)

    def walk(self, body):
        for node in body:
            self.visit(node)

    def visit(self, node):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self.names[node.name] = node
        elif isinstance(node, ast.Import):
            for one in node.names:
                name = one.asname or one.name.split('.')[0]
                self.names[name] = ('import', one.name if one.asname else name, None, node)
        elif isinstance(node, ast.ImportFrom):
            source = '.' * node.level + (node.module or '')
            for one in node.names:
                if one.name == '*':
                    self.stars.append((source, node))
                else:
                    self.names[one.asname or one.name] = ('import', source, one.name, node)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            if node.value is not None:
                self.value(node.value)
                for target in getattr(node, 'targets', None) or [node.target]:
                    self.assign(target, node.value, node)
        elif isinstance(node, ast.If):
            if not self.skips(node.test):
                self.walk(node.body)
            self.walk(node.orelse)
        elif type(node).__name__ == 'Match':
            self.walk([one for case in node.cases for one in case.body])
        elif isinstance(node, ast.Try) or type(node).__name__ == 'TryStar':
            self.walk(node.body + [one for handler in node.handlers for one in handler.body] + node.orelse + node.finalbody)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                self.value(item.context_expr)
                if isinstance(item.optional_vars, ast.Name):
                    self.bind(item.optional_vars.id, bound(item.optional_vars, item.context_expr))
            self.walk(node.body)
        elif isinstance(node, (ast.For, ast.AsyncFor)):
            self.value(node.iter)
            self.walk(node.body + node.orelse)
        elif isinstance(node, ast.Expr):
            if isinstance(node.value, ast.Call):
                self.calls.append(['statement', dotted(node.value.func)])
            elif not isinstance(node.value, ast.Constant):
                self.calls.append(['statement', ''])
        elif isinstance(node, (ast.While, ast.Raise)):
            self.calls.append(['statement', type(node).__name__.lower()])

    def assign(self, target, value, node):
        if isinstance(target, ast.Name):
            self.bind(target.id, node)
        elif isinstance(target, ast.Tuple):
            values = value.elts if isinstance(value, ast.Tuple) else [value] * len(target.elts)
            for one, part in zip(target.elts, values):
                self.assign(one, part, bound(one, part))

    def bind(self, name, node):
        nothing = isinstance(node.value, ast.Constant) and node.value.value is None
        if name not in self.names or not nothing:
            self.names[name] = node

    def skips(self, test):
        words = [one.id for one in ast.walk(test) if isinstance(one, ast.Name)]
        self.main = self.main or '__name__' in words
        return '__name__' in words or any(dotted(one).endswith('TYPE_CHECKING') for one in ast.walk(test))

    def value(self, node):
        self.calls += [['value', dotted(one.func)] for one in ast.walk(node) if isinstance(one, ast.Call)]


def bound(target, value):
    return ast.copy_location(ast.Assign([target], value), value)


def dotted(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return (dotted(node.value) or '?') + '.' + node.attr
    return '?'
`;
