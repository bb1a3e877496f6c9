/** Stands in a plan for the program below. */
export const MIGRATE = '@migrate@';

/**
 * Runs manage.py as Python itself would, in the application's environment: `python -c PROGRAM MODE DATABASE LOCK ./manage.py
 * migrate …`. When Django begins with the command it waits for the database (DATABASE seconds at most) and, unless MODE is
 * `start`, for a lock in it (LOCK seconds): `lock` ends without one, `prefer` goes on. Django is changed only once it has been
 * imported, because manage.py may have something to do before (M8). What ends it is said in a line `[s2i:WHAT SECONDS] words`.
 *
 * PostgreSQL: the lock belongs to a transaction of a connection of its own, so that a pooler keeps the session (M4), and
 * is asked for again and again: a query that waits for it would hold a snapshot, and CREATE INDEX CONCURRENTLY waits for
 * those (M3). SQLite: flock(2) of the folder, which closing the database file does not give up (M6), and which leaves no file.
 */
export const MIGRATE_PROGRAM = `# Runs manage.py as soon as its database answers, and one at a time.
import importlib.util, os, re, sys, time, types
mode, patience, limit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
del sys.argv[:4]
if not getattr(sys.flags, 'safe_path', False):
    sys.path[0] = os.path.dirname(os.path.realpath(sys.argv[0]))
TAKE = {'postgresql': 'SELECT pg_try_advisory_xact_lock(%s)', 'mysql': 'SELECT GET_LOCK(%s, 0)'}
PASSING = re.compile(
    'Connection refused|time(out expired|d out)|(starting|shutting) (up|down)|not yet accepting|recovery mode|too many clients|'
    'connection slots|not translate host|name resolution|or service not known|No address assoc|No route|unreachable|'
    'closed the connection|reset by peer|on socket .*No such file', re.I)
NUMBERS = 1040, 1053, 2002, 2003, 2005, 2006, 2013
reached = []

def say(text):
    print(text, flush=True)

def stop(what, text):
    print('[s2i:%s] %s' % (what, text), file=sys.stderr, flush=True)
    sys.exit(1)

def wait(what, seconds, attempt, head=''):
    began, pause, due = time.monotonic(), 0.2, 0
    while True:
        why = attempt()
        waited = time.monotonic() - began
        if not why:
            return due and say('Waited %d s.' % waited)
        if waited >= seconds:
            stop('%s %d' % (what, seconds), why)
        if waited >= due:
            say('%s%s (%s)' % (head, why, 'waited %d s so far' % waited if due else 'waiting %d s at most' % seconds))
            due = max(15, due * 2)
        time.sleep(min(pause, seconds - waited))
        pause = min(2, pause * 1.5)

def connect(other, secret):
    from django.db import OperationalError
    def attempt():
        try:
            other.ensure_connection()
        except OperationalError as error:
            text = ' '.join(str(error).split())
            if len(secret) > 2:
                text = text.replace(secret, '***')
            if error.args[:1] in [(n,) for n in NUMBERS] or PASSING.search(re.sub('"[^"]*"', '', text)):
                return text
            stop('refused', text)
    wait('unreachable', patience, attempt, 'The database does not answer: ')

BUSY = 'Another process migrates this database'

def cannot(text):
    if mode == 'lock':
        stop('no-lock', text)
    say(text + '. Migrating without a lock.')

def folder(name):
    if not name or ':memory:' in name or 'mode=memory' in name:
        return
    import fcntl
    place = os.path.dirname(os.path.abspath(re.sub('^file:|[?].*', '', name)))
    try:
        handle = os.open(place, os.O_RDONLY)
        def attempt():
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return BUSY
        wait('locked', limit, attempt)
        return lambda: os.close(handle)
    except OSError as error:
        cannot('%s cannot be locked: %s' % (place, error.strerror))

def guard(own):
    kind, given = own.vendor, own.settings_dict
    name = str(given.get('NAME') or '')
    if kind == 'sqlite':
        return folder(name) if mode != 'start' else None
    if kind not in TAKE:
        return cannot('A database of the kind %s has no lock that is known here' % kind) if mode != 'start' else None
    options = dict(given.get('OPTIONS') or {})
    for one in 'pool', 'isolation_level':
        options.pop(one, None)
    options.setdefault('connect_timeout', 5)
    other = type(own)(dict(given, OPTIONS=options, AUTOCOMMIT=kind == 'mysql'), own.alias)
    def ask(query, *values):
        with other.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchone()[0]
    try:
        connect(other, str(given.get('PASSWORD') or ''))
    except Exception:
        # Whatever it is, the command itself will say it.
        if mode != 'start':
            raise
    if mode == 'start':
        return other.close()
    import hashlib
    digest = hashlib.sha256(('s2i-migrate ' + name).encode()).hexdigest()
    key = int(digest[:15], 16) if kind == 'postgresql' else 's2i-migrate-' + digest[:32]
    def attempt():
        if ask(TAKE[kind], key) != 1:
            other.rollback()
            return BUSY
    wait('locked', limit, attempt)
    if kind == 'postgresql':
        ask("SELECT set_config('idle_in_transaction_session_timeout', '0', true)")
    def release():
        try:
            kept = ask('SELECT RELEASE_LOCK(%s)', key) if kind == 'mysql' else ask('SELECT 1')
        except Exception:
            kept = 0
        if kept != 1:
            say('WARNING: the connection that held the lock was lost meanwhile.')
        other.close()
    return release

def patch(command):
    execute = command.execute
    def guarded(self, *args, **options):
        command.execute = execute
        reached.append(1)
        from django.db import connections
        release = guard(connections[options.get('database') or 'default'])
        try:
            return execute(self, *args, **options)
        finally:
            release and release()
    command.execute = guarded

class Patch:
    def find_spec(self, name, path=None, target=None):
        if name != 'django.core.management.base':
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module
        def exec_module(module):
            load(module)
            patch(module.BaseCommand)
        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Patch())
own, sys.modules['__main__'] = sys.modules['__main__'], types.ModuleType('__main__')
main = vars(sys.modules['__main__'])
main['__file__'] = os.path.join(os.getcwd(), sys.argv[0])
with open(main['__file__'], 'rb') as file:
    code = compile(file.read(), file.name, 'exec')
exec(code, main)
if mode != 'start' and not reached:
    say('WARNING: no lock was taken: manage.py started no command of Django in its own process.')
`;
