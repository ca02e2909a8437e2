# The homeserver of compose.try.yaml: made at its first start, with registration open to whoever is on this machine.
set -eu
if [ ! -f /data/homeserver.yaml ]; then
    SYNAPSE_SERVER_NAME=localhost SYNAPSE_REPORT_STATS=no /start.py generate
    printf '%s\n' 'enable_registration: true' 'enable_registration_without_verification: true' \
        'trusted_key_servers: []' 'federation_domain_whitelist: []' >> /data/homeserver.yaml
fi
exec /start.py
