"""What a development team may set: nothing about the port."""

reload = True
worker_tmp_dir = "/tmp"
accesslog = "-"


def on_starting(server):
    print("loaded: worker_tmp_dir", server.cfg.worker_tmp_dir, flush=True)
