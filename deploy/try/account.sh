# The bot's account; at a later start it is there already.
set -eu
register_new_matrix_user --config /data/homeserver.yaml --user relais --password relais-try --no-admin --exists-ok http://synapse:8008
