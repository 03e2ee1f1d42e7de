"""How gunicorn serves `app:create_app()`. The command line overrides what stands here."""

# Only this machine; a proxy that ends TLS stands in front.
bind = "127.0.0.1:8000"

# One process with threads: the score table is held once, and counters are true without another service.
workers = 1
worker_class = "gthread"
threads = 8

# A question takes a while to type: on a bad line, a new connection for it costs a second more.
keepalive = 60  # seconds; an idle connection holds no thread

# It would open a socket in the home folder, which nobody asked for.
control_socket_disable = True

# The path only. A query string, a referrer, an agent or an address could tell who searched for what.
accesslog = "-"
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
