import os
import sys
import tempfile

program = os.path.join(sys.prefix, "bin", "mod_wsgi-express")
root = tempfile.mkdtemp(prefix="mod-wsgi-")
options = ["--port", os.environ["PORT"], "--processes", "2", "--server-root", root, "--log-to-terminal"]
os.execl(program, program, "start-server", "served.wsgi", *options)
