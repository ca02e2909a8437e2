"""End-to-end encryption: the device's keys, the bot's identity, and what saves them when something is lost.

`client.KeyedClient` receives, `keyring.Keys` does the rest; `identity` and `recovery` are for the start.
"""
