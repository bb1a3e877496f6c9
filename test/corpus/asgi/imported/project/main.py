try:
    from service import app
except ImportError:
    app = None
