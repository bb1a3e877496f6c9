graceful_timeout = 10
